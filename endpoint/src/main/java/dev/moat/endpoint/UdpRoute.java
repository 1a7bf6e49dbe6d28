package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.uri.CoapUri;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.Requests;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.endpoint.udp.UdpEndpoint;
import dev.moat.endpoint.udp.UdpLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** Datagrams without security: every address is a peer. */
final class UdpRoute implements Route {
  private final UdpEndpoint endpoint;
  private final UdpLoop loop;
  private final Stack stack;

  private UdpRoute(UdpEndpoint endpoint) {
    this.endpoint = endpoint;
    this.loop = endpoint.loops().get(0);
    this.stack = (Stack) loop.protocol();
  }

  /**
   * Opens the socket.
   *
   * @throws java.io.UncheckedIOException when the address cannot be bound
   */
  static UdpRoute open(UdpConfig sockets, Stacks stacks) {
    return new UdpRoute(
        UdpEndpoint.start(sockets.withLoops(1), stacks::datagrams, stacks.events()));
  }

  InetSocketAddress address() {
    return endpoint.address();
  }

  @Override
  public EndpointLoop loop() {
    return loop;
  }

  @Override
  public Requests requests() {
    return stack;
  }

  @Override
  public CompletableFuture<Peer> peer(CoapUri uri, Peer address) {
    return CompletableFuture.completedFuture(address);
  }

  /** There are no connections. */
  @Override
  public boolean isConnectionLost(Outcome.Cause cause) {
    return false;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
