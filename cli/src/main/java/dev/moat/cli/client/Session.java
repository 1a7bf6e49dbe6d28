package dev.moat.cli.client;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.oscore.Protection;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.PingOutcome;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.udp.Transport;
import dev.moat.engine.SequentialTokens;
import dev.moat.engine.TokenSource;
import dev.moat.oscore.filter.OscoreEvent;
import dev.moat.oscore.rekey.ContextOnDemandFilter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The endpoint of one command: the only class here that opens a socket. */
final class Session implements AutoCloseable {
  private static final int EVENTS = 2;
  private static final double NANOS = 1e9;

  /** For the timeout to end an exchange first, which knows better how it ended. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(20);
  private static final Duration SHORTEST_HANDSHAKE = Duration.ofMillis(1);

  private final CoapClient client;
  private final Progress progress;
  private final Duration timeout;
  private final Optional<Protection> protection;

  private Session(
      CoapClient client, Progress progress, Duration timeout, Optional<Protection> protection) {
    this.client = client;
    this.progress = progress;
    this.timeout = timeout;
    this.protection = protection;
  }

  /** Opens the socket as the flags say; with a protection no request leaves without it. */
  static Session open(
      Console console,
      TransportFlags flags,
      @Nullable Integer blockOctets,
      OpenedSecurity security) {
    Progress progress = Progress.on(console);
    Optional<Protection> protection = security.protection();
    CoapClient.Builder builder =
        CoapClient.builder()
            // One exchange needs no batches, and the native transport costs start-up time.
            .sockets(sockets -> sockets.withTransport(Transport.NIO))
            .bind(new InetSocketAddress(flags.localPort))
            .credentials(security.credentials())
            .dtls(dtls -> dtls.withHandshakeTimeout(ofHandshake(seconds(flags.timeoutSeconds))))
            .stack(stack -> configured(stack, flags, blockOctets, progress))
            .events(event -> tell(console, event, flags.verbosity, protection));
    if (protection.isPresent() && protection.get() instanceof Protection.Known known) {
      // Whatever the client sends of its own accord is protected too.
      builder.oscore(known.context());
    }
    try {
      return new Session(builder.build(), progress, seconds(flags.timeoutSeconds), protection);
    } catch (UncheckedIOException e) {
      throw new Failure(
          "cannot open UDP port " + flags.localPort + ": " + e.getMessage(),
          "Leave -p out to have the system choose a free port.",
          e);
    }
  }

  /** Why nothing could be protected is told unasked: the outcome says only that nothing left. */
  private static void tell(
      Console console, Event event, int verbosity, Optional<Protection> protection) {
    // Of a handshake that failed more is known, and told at the end.
    boolean agrees = protection.filter(Protection.Agreed.class::isInstance).isPresent();
    boolean matters =
        event instanceof OscoreEvent.ProtectionFailed
            || (event instanceof ContextOnDemandFilter.NoContext && !agrees)
            || event instanceof OscoreEvent.KeyUsageNearing;
    if (matters || verbosity >= EVENTS) {
      console.note("  event: " + event.describe());
    }
  }

  private static StackConfig configured(
      StackConfig stack, TransportFlags flags, @Nullable Integer blockOctets, Progress progress) {
    StackConfig config =
        stack
            .withTokens(random -> progress.watching(tokens(flags, new SequentialTokens(random))))
            // With -N the user asked for it; by default unsafe requests are confirmable.
            .withConfirmableActuators(!flags.nonConfirmable);
    return blockOctets == null
        ? config
        : config.withClientBlocks(config.clientBlocks().withPreferredBlockOctets(blockOctets));
  }

  private static TokenSource tokens(TransportFlags flags, TokenSource usual) {
    return flags.token == null ? usual : new ChosenToken(FlagChecks.token(flags.token), usual);
  }

  /** Sends the request and waits for its outcome. */
  Outcome request(RequestPlan plan, CoapUri address) {
    try {
      ClientRequest request = plan.request(address, timeout);
      return protection.map(by -> protectedBy(by, request)).orElseGet(() -> client.send(request));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          "the request cannot be sent: " + e.getMessage(), "Check the options given with -O.", e);
    } finally {
      progress.done();
    }
  }

  /**
   * A request that waits for its context is no exchange yet, which the timeout would end: what goes
   * on before it is ended by closing.
   */
  private Outcome protectedBy(Protection by, ClientRequest request) {
    CompletableFuture<Boolean> late = new CompletableFuture<>();
    if (!(by instanceof Protection.Known)) {
      var unused =
          late.completeOnTimeout(true, timeout.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS)
              .thenRun(client::close);
    }
    try {
      return client.send(by.of(request));
    } finally {
      boolean unused = late.cancel(false);
    }
  }

  /** What became of a ping. */
  PingOutcome ping(CoapUri address) {
    try {
      return client
          .pingOutcomeAsync(address.toString())
          .toCompletableFuture()
          .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new PingOutcome.Silence();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ping failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PingOutcome.Silence();
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** Before the request is given up, for a silent server's handshake to say what is likely. */
  private static Duration ofHandshake(Duration whole) {
    Duration most = whole.multipliedBy(3).dividedBy(4);
    Duration enough = most.compareTo(LONGEST_HANDSHAKE) < 0 ? most : LONGEST_HANDSHAKE;
    return enough.compareTo(SHORTEST_HANDSHAKE) < 0 ? SHORTEST_HANDSHAKE : enough;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.min(seconds * NANOS, Long.MAX_VALUE / 4.0));
  }
}
