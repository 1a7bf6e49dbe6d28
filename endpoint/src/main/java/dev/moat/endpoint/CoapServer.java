package dev.moat.endpoint;

import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.uri.Scheme;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.server.EdhocServer;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.dtls.DtlsConfig;
import dev.moat.endpoint.stack.OscoreConfig;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.stream.StreamConfig;
import dev.moat.endpoint.udp.MulticastGroup;
import dev.moat.endpoint.udp.Transport;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.engine.resource.WellKnownCore;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A CoAP server. Its listeners, whatever their schemes, serve the same resources. Thread-safe;
 * serves from {@link Builder#start()} to {@link #close()}.
 */
public final class CoapServer implements AutoCloseable {
  /** The port of coap URIs (RFC 7252, Section 6.1). */
  public static final int DEFAULT_PORT = 5683;

  private static final Logger LOG = LoggerFactory.getLogger(CoapServer.class);

  private final ServerTransports transports;
  private final Router router;

  private CoapServer(ServerTransports transports, Router router) {
    this.transports = transports;
    this.router = router;
  }

  /**
   * A server on UDP port 5683 of all addresses, IPv4 and IPv6, with one event loop and no resource
   * but /.well-known/core.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens: the first of its listeners. */
  public InetSocketAddress address() {
    return listeners().get(0).address();
  }

  /** The port it listens on: that of the first of its listeners. */
  public int port() {
    return address().getPort();
  }

  /**
   * The port of the first listener for {@code scheme}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public int port(Scheme scheme) {
    return listeners().stream()
        .filter(listener -> listener.scheme() == scheme)
        .findFirst()
        .map(listener -> listener.address().getPort())
        .orElseThrow(() -> new IllegalArgumentException("no listener for " + scheme));
  }

  /** Everywhere it listens, in the order asked for, with the ports that the system chose. */
  public List<Listener> listeners() {
    return transports.listeners();
  }

  /** How its sockets are driven. */
  public Transport transport() {
    return transports.transport();
  }

  /** Its resources; more may be added and some removed while it serves. */
  public Router router() {
    return router;
  }

  /**
   * Ends every observation and exchange, closes the sockets and ends the threads; waits for that.
   */
  @Override
  public void close() {
    transports.close();
  }

  /** {@link #close()} without waiting. */
  public CompletionStage<Void> closeAsync() {
    return transports.closeAsync();
  }

  /** What a server is to be. Not thread-safe. */
  @CanIgnoreReturnValue
  public static final class Builder {
    private final List<Resource> resources = new ArrayList<>();
    private final List<MulticastGroup> groups = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private Credentials credentials = Credentials.builder().build();
    private UnaryOperator<DtlsConfig> dtls = UnaryOperator.identity();
    private UnaryOperator<StreamConfig> streams = UnaryOperator.identity();
    private InetSocketAddress bind = new InetSocketAddress(DEFAULT_PORT);
    private boolean bindChosen;
    private UnaryOperator<UdpConfig> sockets = UnaryOperator.identity();
    private StackConfig stack = StackConfig.defaults();
    private EventSink events = new LoggedEvents();
    private RandomSource random = new SecureRandom()::nextBytes;
    private int loops = 1;
    private Optional<ContextTable> table = Optional.empty();
    private Optional<EdhocServerConfig> edhoc = Optional.empty();
    private Optional<RecipientIds> ids = Optional.empty();

    private Builder() {}

    /** Listens on this UDP port, without security; 0 lets the system choose. */
    public Builder port(int port) {
      bind = new InetSocketAddress(bind.getAddress(), port);
      bindChosen = true;
      return this;
    }

    /** Listens on this address only, with UDP and without security. */
    public Builder address(InetAddress address) {
      bind = new InetSocketAddress(address, bind.getPort());
      bindChosen = true;
      return this;
    }

    /**
     * Listens where a URI says, such as {@code coap://[::]}, {@code coaps://0.0.0.0} or {@code
     * coaps+tcp://192.0.2.1:5684}; port 0 lets the system choose. May be called any number of
     * times, see {@link Listener#of}. The listener of {@link #port} and {@link #address} comes
     * before these, and only when one of those two is called, too.
     *
     * @throws IllegalArgumentException when it is no such URI
     */
    public Builder listen(String uri) {
      return listen(Listener.of(uri));
    }

    /** As {@link #listen(String)}. */
    public Builder listen(Listener listener) {
      listeners.add(listener);
      return this;
    }

    /** Shows these credentials to clients of the secured schemes, and knows the clients by them. */
    public Builder credentials(Credentials shown) {
      credentials = shown;
      return this;
    }

    /** Offers a resource. */
    public Builder resource(Resource resource) {
      resources.add(resource);
      return this;
    }

    /**
     * Uses several event loops, each with a socket and a stack of its own; handlers then run in
     * parallel.
     */
    public Builder loops(int number) {
      loops = number;
      return this;
    }

    /** Listens to "All CoAP Nodes" of both families on an interface (RFC 7252, Section 12.8). */
    public Builder multicast(NetworkInterface networkInterface) {
      return groups(MulticastGroup.allCoapNodes(networkInterface));
    }

    /** Listens to groups. */
    public Builder groups(List<MulticastGroup> joined) {
      groups.addAll(joined);
      return this;
    }

    /** Runs all handlers on {@code executor}, where they may block; its queue should be bounded. */
    public Builder offload(Executor executor) {
      return stack(config -> config.withOffload(executor));
    }

    /**
     * Lets actuators act on requests without security. Whoever can send to this server can then
     * move what it moves; a warning is logged once.
     */
    public Builder allowUnsecuredActuators() {
      return stack(config -> config.withUnsecuredActuators(true));
    }

    /**
     * Serves the peers of these security contexts under OSCORE (RFC 8613), which counts as security
     * for resources that demand it. Other peers still reach what demands none.
     *
     * @throws IllegalArgumentException when two contexts cannot be told apart
     */
    public Builder oscore(SecurityContext... contexts) {
      ContextTable known = table.orElseGet(ContextTable::new);
      for (SecurityContext context : contexts) {
        known.add(context);
      }
      return contexts(known);
    }

    /**
     * As {@link #oscore}, with a table in place of the contexts given before, to which some may be
     * added, and from which some may be removed, while the server serves. Contexts stay the
     * caller's to close.
     */
    public Builder contexts(ContextTable contexts) {
      table = Optional.of(contexts);
      return this;
    }

    /**
     * Lets clients establish security contexts by EDHOC (RFC 9528), at resources of its own. Their
     * contexts go into the table of {@link #contexts}.
     */
    public Builder edhoc(EdhocServerConfig config) {
      edhoc = Optional.of(config);
      return contexts(table.orElseGet(ContextTable::new));
    }

    /**
     * As {@link #contexts}, with the identifiers shared with the EDHOC clients of the same
     * endpoint: contexts that those establish then serve requests here.
     */
    public Builder ids(RecipientIds shared) {
      ids = Optional.of(shared);
      return contexts(shared.contexts());
    }

    /** Demands security for every resource, save those that establish it. */
    public Builder securedOnly() {
      return stack(config -> config.withSecuredOnly(true));
    }

    /** Changes the stack's configuration. */
    public Builder stack(UnaryOperator<StackConfig> change) {
      stack = change.apply(stack);
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

    /** Changes the configuration of the UDP sockets without security. */
    public Builder sockets(UnaryOperator<UdpConfig> change) {
      sockets = change;
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
     * Opens the sockets and serves.
     *
     * @throws java.io.UncheckedIOException when an address cannot be bound or a group not be joined
     * @throws IllegalArgumentException when two resources have the same path, or credentials that a
     *     listener needs are missing
     */
    public CoapServer start() {
      List<Listener> all = allListeners();
      Router router = router();
      Stacks stacks = new Stacks(secured(router), router, random, events);
      ServerSettings settings =
          new ServerSettings(
              all, credentials, new ServerSettings.Udp(loops, groups, sockets), dtls, streams);
      CoapServer server = new CoapServer(ServerTransports.open(settings, stacks), router);
      if (stack.policies().insecureUnsecuredActuators()) {
        LOG.warn(
            "actuators act on requests without security: anyone who reaches {} can use them",
            server.listeners());
      }
      return server;
    }

    private List<Listener> allListeners() {
      List<Listener> all = new ArrayList<>(listeners);
      if (bindChosen || all.isEmpty()) {
        all.add(0, new Listener(Scheme.COAP, bind));
      }
      return all;
    }

    /** The configuration with the contexts given here, and the rules given there. */
    private StackConfig secured(Router router) {
      if (table.isEmpty()) {
        return stack;
      }
      OscoreConfig rules =
          stack.oscore().orElseGet(OscoreConfig::forRequestsOnly).withContexts(table.get());
      if (edhoc.isEmpty()) {
        return stack.withOscore(rules);
      }
      EdhocServer server = edhocServer(edhoc.get(), table.get());
      server.resources().forEach(router::add);
      return stack.withOscore(rules.withEdhoc(server));
    }

    private EdhocServer edhocServer(EdhocServerConfig config, ContextTable contexts) {
      RecipientIds known =
          ids.filter(shared -> shared.contexts() == contexts)
              .orElseGet(() -> new RecipientIds(contexts));
      RandomSource hedged = Edhoc.hedged(config.settings(), random);
      return new EdhocServer(config, known, hedged, Instant::now, events);
    }

    /** Discovery comes by itself, unless a resource of the caller's has its path (RFC 6690). */
    private Router router() {
      Router router = new Router(events);
      resources.forEach(router::add);
      if (resources.stream().noneMatch(r -> r.template().equals(WellKnownCore.PATH))) {
        router.add(WellKnownCore.of(router));
      }
      return router;
    }
  }
}
