package dev.moat.endpoint;

import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.dtls.DtlsEndpoint;
import dev.moat.endpoint.stream.StreamEndpoint;
import dev.moat.endpoint.udp.Transport;
import dev.moat.endpoint.udp.UdpEndpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What a server has open: one endpoint for each listener, all serving the same resources. */
final class ServerTransports implements AutoCloseable {
  private final ServerSettings settings;
  private final Stacks stacks;
  private final List<Listener> bound = new ArrayList<>();
  private final List<Open> open = new ArrayList<>();
  private Optional<Transport> transport = Optional.empty();
  private Optional<StreamEndpoint> streams = Optional.empty();

  private ServerTransports(ServerSettings settings, Stacks stacks) {
    this.settings = settings;
    this.stacks = stacks;
  }

  /**
   * Opens all listeners, or none.
   *
   * @throws java.io.UncheckedIOException when an address cannot be bound or a group not be joined
   * @throws IllegalArgumentException when credentials are missing, or nothing could join the groups
   */
  static ServerTransports open(ServerSettings settings, Stacks stacks) {
    ServerTransports transports = new ServerTransports(settings, stacks);
    transports.check();
    boolean complete = false;
    try {
      settings.listeners().forEach(transports::open);
      complete = true;
      return transports;
    } finally {
      if (!complete) {
        transports.close();
      }
    }
  }

  /** Where it listens, in the order asked for, with the ports that the system chose. */
  List<Listener> listeners() {
    return List.copyOf(bound);
  }

  /** How the sockets are driven. */
  Transport transport() {
    return transport.orElseGet(Transport::best);
  }

  CompletableFuture<Void> closeAsync() {
    return CompletableFuture.allOf(
        open.stream().map(one -> one.closing().get()).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public void close() {
    open.forEach(one -> one.waiting().run());
  }

  private void check() {
    for (Listener listener : settings.listeners()) {
      CredentialsNeeded.ofServer(listener.scheme(), settings.credentials())
          .ifPresent(
              missing -> {
                throw new IllegalArgumentException("cannot listen on " + listener + ": " + missing);
              });
    }
    boolean udp = settings.listeners().stream().anyMatch(l -> l.scheme() == Scheme.COAP);
    if (!udp && !settings.udp().groups().isEmpty()) {
      throw new IllegalArgumentException("multicast groups need a listener for coap");
    }
  }

  private void open(Listener listener) {
    InetSocketAddress address =
        switch (listener.scheme()) {
          case COAP -> openUdp(listener.address());
          case COAPS -> openDtls(listener.address());
          case COAP_TCP, COAPS_TCP, COAP_WS, COAPS_WS ->
              streams().listen(StreamRoute.kind(listener.scheme()), listener.address());
        };
    bound.add(new Listener(listener.scheme(), address));
  }

  private InetSocketAddress openUdp(InetSocketAddress bind) {
    boolean first = bound.stream().noneMatch(other -> other.scheme() == Scheme.COAP);
    UdpEndpoint endpoint =
        UdpEndpoint.start(settings.udpConfig(bind, first), stacks::datagrams, stacks.events());
    open.add(new Open(endpoint::closeAsync, endpoint::close));
    transport = transport.or(() -> Optional.of(endpoint.transport()));
    return endpoint.address();
  }

  private InetSocketAddress openDtls(InetSocketAddress bind) {
    DtlsEndpoint endpoint =
        DtlsEndpoint.start(settings.dtlsConfig(bind), stacks::datagrams, stacks.events());
    open.add(new Open(endpoint::closeAsync, endpoint::close));
    return endpoint.address();
  }

  /** One loop for all listeners of connections. */
  private StreamEndpoint streams() {
    if (streams.isEmpty()) {
      StreamEndpoint endpoint =
          StreamEndpoint.start(settings.streamConfig(), stacks::streams, stacks.events());
      open.add(new Open(endpoint::closeAsync, endpoint::close));
      streams = Optional.of(endpoint);
    }
    return streams.get();
  }

  /** One endpoint and its two ways to be closed. */
  private record Open(Supplier<CompletableFuture<Void>> closing, Runnable waiting) {}
}
