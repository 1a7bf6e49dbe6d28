package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.dtls.DtlsConfig;
import dev.moat.endpoint.dtls.DtlsEndpoint;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.Requests;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.udp.SocketAddresses;
import java.util.concurrent.CompletableFuture;

/** Datagrams under DTLS: every security association is a peer. */
final class DtlsRoute implements Route {
  private final DtlsEndpoint endpoint;

  private DtlsRoute(DtlsEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Opens the socket.
   *
   * @throws java.io.UncheckedIOException when the address cannot be bound
   * @throws IllegalArgumentException when the credentials contradict each other
   */
  static DtlsRoute open(DtlsConfig config, Stacks stacks) {
    return new DtlsRoute(
        DtlsEndpoint.start(config.clientRole(), stacks::datagrams, stacks.events()));
  }

  @Override
  public EndpointLoop loop() {
    return endpoint.loop();
  }

  @Override
  public Requests requests() {
    return (Stack) endpoint.protocol();
  }

  @Override
  public CompletableFuture<Peer> peer(CoapUri uri, Peer address) {
    return endpoint.connect(SocketAddresses.toSocketAddress(address), Route.host(uri));
  }

  /** What an association that has ended was to carry is refused by the transport. */
  @Override
  public boolean isConnectionLost(Outcome.Cause cause) {
    return cause == Outcome.Cause.NO_CONNECTION || cause == Outcome.Cause.SEND_FAILED;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
