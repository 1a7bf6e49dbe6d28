package dev.moat.endpoint;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.dtls.DtlsConfig;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.stream.StreamConfig;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.engine.client.Reconciliation;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.SecurityContext;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * A CoAP client. The scheme of a URI names the transport. Thread-safe. Every call ends in an {@link
 * Outcome}; calls that end in {@code Async} do not block, all others wait and must not be made on
 * an event loop.
 *
 * <p>With a security context, requests and responses are protected by OSCORE (RFC 8613): see {@link
 * Builder#oscore} and {@link ClientRequest#securedBy}.
 *
 * <p>Methods that take text for a URI throw {@link dev.moat.coap.uri.UriFormatException} when it is
 * none.
 */
public final class CoapClient implements AutoCloseable {
  private final ClientCalls calls;

  private CoapClient(ClientCalls calls) {
    this.calls = calls;
  }

  /** A client with every remedy on and a port that the system chooses. */
  public static CoapClient create() {
    return builder().build();
  }

  /** A client that is to be configured. */
  public static Builder builder() {
    return new Builder();
  }

  /** GET: the representation. */
  public Outcome get(String uri) {
    return send(ClientRequest.of(Code.GET, uri));
  }

  /** GET without waiting. */
  public CompletionStage<Outcome> getAsync(String uri) {
    return sendAsync(ClientRequest.of(Code.GET, uri));
  }

  /** PUT: replaces or creates. */
  public Outcome put(String uri, Bytes payload, int contentFormat) {
    return send(ClientRequest.of(Code.PUT, uri).payload(payload, contentFormat));
  }

  /** PUT without waiting. */
  public CompletionStage<Outcome> putAsync(String uri, Bytes payload, int contentFormat) {
    return sendAsync(ClientRequest.of(Code.PUT, uri).payload(payload, contentFormat));
  }

  /** POST: what it does, the resource says. */
  public Outcome post(String uri, Bytes payload, int contentFormat) {
    return send(ClientRequest.of(Code.POST, uri).payload(payload, contentFormat));
  }

  /** POST without waiting. */
  public CompletionStage<Outcome> postAsync(String uri, Bytes payload, int contentFormat) {
    return sendAsync(ClientRequest.of(Code.POST, uri).payload(payload, contentFormat));
  }

  /** DELETE. */
  public Outcome delete(String uri) {
    return send(ClientRequest.of(Code.DELETE, uri));
  }

  /** FETCH: a part of the representation (RFC 8132). */
  public Outcome fetch(String uri, Bytes payload, int contentFormat) {
    return send(ClientRequest.of(Code.FETCH, uri).payload(payload, contentFormat));
  }

  /** PATCH: changes in part, not idempotent (RFC 8132). */
  public Outcome patch(String uri, Bytes payload, int contentFormat) {
    return send(ClientRequest.of(Code.PATCH, uri).payload(payload, contentFormat));
  }

  /** iPATCH: changes in part, idempotent (RFC 8132). */
  public Outcome ipatch(String uri, Bytes payload, int contentFormat) {
    return send(ClientRequest.of(Code.IPATCH, uri).payload(payload, contentFormat));
  }

  /**
   * GET of /.well-known/core on the host of {@code uri}; its path and query are not used (RFC
   * 6690).
   */
  public Outcome discover(String uri) {
    CoapUri host = CoapUri.parse(uri);
    CoapUri core =
        new CoapUri(
            host.scheme(), host.host(), host.port(), List.of(".well-known", "core"), host.query());
    return send(ClientRequest.of(Code.GET, core.toString()));
  }

  /**
   * Observes a resource (RFC 7641). When the server takes the registration, the reply is a {@link
   * Reply.Observed}, whose notifications go to {@code listener} on the event loop; cancelling them
   * ends the observation.
   */
  public Outcome observe(String uri, Notifications.Listener listener) {
    ClientRequest request =
        ClientRequest.of(Code.GET, uri).with(Option.uint(OptionNumber.OBSERVE, 0));
    return send(request)
        .mapReply(
            reply -> {
              if (reply instanceof Reply.Observed observed) {
                observed.notifications().subscribe(listener);
              }
              return reply;
            });
  }

  /**
   * The round trip of an Empty confirmable message (RFC 7252, Section 4.3); nothing when no
   * reaction came.
   */
  public Optional<Duration> ping(String uri) {
    return calls.await(pingAsync(uri));
  }

  /** {@link #ping} without waiting. */
  public CompletionStage<Optional<Duration>> pingAsync(String uri) {
    return pingOutcomeAsync(uri).thenApply(PingOutcome::roundTrip);
  }

  /** {@link #pingAsync} that also tells why a ping could not leave. */
  public CompletionStage<PingOutcome> pingOutcomeAsync(String uri) {
    return calls.ping(CoapUri.parse(uri));
  }

  /** Sends any request to a URI. */
  public Outcome send(ClientRequest request) {
    return calls.await(sendAsync(request));
  }

  /** Sends any request to a URI without waiting. */
  public CompletionStage<Outcome> sendAsync(ClientRequest request) {
    return calls.send(request);
  }

  /** Sends any request to a known peer. */
  public Outcome send(Request request) {
    return calls.await(sendAsync(request));
  }

  /** Sends any request to a known peer without waiting. */
  public CompletionStage<Outcome> sendAsync(Request request) {
    return calls.send(request);
  }

  /** What can be done when it is not known whether a request was executed. */
  public Reconciliation reconcile(Outcome.Unknown unknown) {
    return Reconciliation.of(unknown, calls::send);
  }

  /**
   * Where the client's UDP socket is bound; opens it when no request has needed it before.
   *
   * @throws IllegalStateException when it cannot be opened
   */
  public InetSocketAddress address() {
    return calls.address();
  }

  /** Concludes what is open, closes the socket and ends the threads. */
  @Override
  public void close() {
    calls.close();
  }

  /** What a client is to be. Not thread-safe. */
  @CanIgnoreReturnValue
  public static final class Builder {
    private UdpConfig sockets =
        UdpConfig.at(new InetSocketAddress(0))
            .withThreads(new UdpConfig.Threads("moat-client", true, true));
    private StackConfig stack = StackConfig.defaults().withOscore(OscoreConfig.forRequestsOnly());
    private UnaryOperator<DtlsConfig> dtls = UnaryOperator.identity();
    private UnaryOperator<StreamConfig> streams = UnaryOperator.identity();
    private Credentials credentials = Credentials.builder().build();
    private Optional<SecurityContext> security = Optional.empty();
    private EventSink events = new LoggedEvents();
    private RandomSource random = new SecureRandom()::nextBytes;
    private Duration resolutionTimeout = Duration.ofSeconds(5);

    private Builder() {}

    /** Changes the stack's configuration. */
    public Builder stack(UnaryOperator<StackConfig> change) {
      stack = change.apply(stack);
      return this;
    }

    /**
     * Protects every request by {@code context} (RFC 8613), save those that name another by {@link
     * ClientRequest#securedBy}. Nothing that the client sends for a request then leaves without
     * protection, and no response counts that does not verify.
     *
     * <p>The context stays the caller's to close; it may serve several clients and servers, which
     * take their sequence numbers from it in turn.
     */
    public Builder oscore(SecurityContext context) {
      security = Optional.of(context);
      return this;
    }

    /**
     * Shows these credentials to servers of the secured schemes, and knows the servers by them.
     * Without any, a request to such a URI ends undelivered; it never leaves without security.
     */
    public Builder credentials(Credentials shown) {
      credentials = shown;
      return this;
    }

    /** Changes the configuration of the UDP socket. */
    public Builder sockets(UnaryOperator<UdpConfig> change) {
      sockets = change.apply(sockets);
      return this;
    }

    /** Changes the configuration of coaps: its handshakes, associations and limits. */
    public Builder dtls(UnaryOperator<DtlsConfig> change) {
      dtls = change;
      return this;
    }

    /** Changes the configuration of connections, for coap+tcp, coaps+tcp, coap+ws and coaps+ws. */
    public Builder streams(UnaryOperator<StreamConfig> change) {
      streams = change;
      return this;
    }

    /** Sends datagrams from this address. */
    public Builder bind(InetSocketAddress address) {
      UdpConfig.Threads threads = sockets.threads();
      sockets = UdpConfig.at(address).withThreads(threads).withTransport(sockets.transport());
      return this;
    }

    /** Gives a name up that is not resolved after this time. */
    public Builder resolutionTimeout(Duration timeout) {
      resolutionTimeout = timeout;
      return this;
    }

    /** Sends events here instead of to the log. */
    public Builder events(EventSink sink) {
      events = sink;
      return this;
    }

    /** Takes randomness from here instead of from a {@link SecureRandom}. */
    public Builder random(RandomSource source) {
      random = source;
      return this;
    }

    /**
     * The client. It opens no socket yet: each transport is opened by the first request that needs
     * it.
     */
    public CoapClient build() {
      Stacks stacks = new Stacks(stack, new Router(events), random, events);
      ClientSettings settings =
          new ClientSettings(
              sockets, dtls, streams, stacks, credentials, security, resolutionTimeout);
      return new CoapClient(new ClientCalls(settings));
    }
  }
}
