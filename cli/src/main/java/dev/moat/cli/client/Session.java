package dev.moat.cli.client;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.udp.Transport;
import dev.moat.engine.SequentialTokens;
import dev.moat.engine.TokenSource;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.OscoreEvent;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The endpoint of one command: the only class here that opens a socket. */
final class Session implements AutoCloseable {
  private static final int EVENTS = 2;
  private static final double NANOS = 1e9;

  private final CoapClient client;
  private final Progress progress;
  private final Duration timeout;

  private Session(CoapClient client, Progress progress, Duration timeout) {
    this.client = client;
    this.progress = progress;
    this.timeout = timeout;
  }

  /** Opens the socket as the flags say; with a context nothing leaves without its protection. */
  static Session open(
      Console console,
      TransportFlags flags,
      @Nullable Integer blockOctets,
      Optional<SecurityContext> context) {
    Progress progress = Progress.on(console);
    CoapClient.Builder builder =
        CoapClient.builder()
            // One exchange needs no batches, and the native transport costs start-up time.
            .sockets(sockets -> sockets.withTransport(Transport.NIO))
            .bind(new InetSocketAddress(flags.localPort))
            .stack(stack -> configured(stack, flags, blockOctets, progress))
            .events(event -> tell(console, event, flags.verbosity));
    context.ifPresent(builder::oscore);
    try {
      return new Session(builder.build(), progress, seconds(flags.timeoutSeconds));
    } catch (UncheckedIOException e) {
      throw new Failure(
          "cannot open UDP port " + flags.localPort + ": " + e.getMessage(),
          "Leave -p out to have the system choose a free port.",
          e);
    }
  }

  /** Why nothing could be protected is told unasked: the outcome says only that nothing left. */
  private static void tell(Console console, Event event, int verbosity) {
    boolean matters =
        event instanceof OscoreEvent.ProtectionFailed
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
      return client.send(plan.request(address, timeout));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          "the request cannot be sent: " + e.getMessage(), "Check the options given with -O.", e);
    } finally {
      progress.done();
    }
  }

  /** The round trip of a ping; nothing when none came in time. */
  Optional<Duration> ping(CoapUri address) {
    try {
      return client
          .pingAsync(address.toString())
          .toCompletableFuture()
          .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.min(seconds * NANOS, Long.MAX_VALUE / 2.0));
  }
}
