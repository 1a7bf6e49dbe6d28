package dev.moat.endpoint;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.Requests;
import dev.moat.endpoint.stack.StreamStack;
import dev.moat.endpoint.stream.StreamConfig;
import dev.moat.endpoint.stream.StreamEndpoint;
import dev.moat.endpoint.stream.StreamKind;
import dev.moat.endpoint.udp.SocketAddresses;
import java.util.concurrent.CompletableFuture;

/** Connections over TCP, TLS and WebSockets: every connection is a peer. */
final class StreamRoute implements Route {
  private final StreamEndpoint endpoint;

  private StreamRoute(StreamEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Starts the loop; it connects to nothing yet. */
  static StreamRoute open(StreamConfig config, Stacks stacks) {
    return new StreamRoute(StreamEndpoint.start(config, stacks::streams, stacks.events()));
  }

  /** How connections of {@code scheme} carry CoAP. */
  static StreamKind kind(Scheme scheme) {
    return switch (scheme) {
      case COAP_TCP -> StreamKind.TCP;
      case COAPS_TCP -> StreamKind.TLS;
      case COAP_WS -> StreamKind.WS;
      case COAPS_WS -> StreamKind.WSS;
      case COAP, COAPS -> throw new IllegalArgumentException(scheme + " has no connections");
    };
  }

  @Override
  public EndpointLoop loop() {
    return endpoint.loop();
  }

  @Override
  public Requests requests() {
    return (StreamStack) endpoint.protocol();
  }

  @Override
  public CompletableFuture<Peer> peer(CoapUri uri, Peer address) {
    return endpoint.connect(
        kind(uri.scheme()), SocketAddresses.toSocketAddress(address), Route.host(uri));
  }

  @Override
  public boolean isConnectionLost(Outcome.Cause cause) {
    return cause == Outcome.Cause.NO_CONNECTION;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
