package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.endpoint.udp.UdpEndpoint;
import dev.moat.foe.field.Party;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** An endpoint on UDP. */
record UdpEnd(UdpEndpoint endpoint, Party party) implements DatagramEnd {
  static UdpEnd open(String name, Party.Opening opening, EventSink events) {
    UdpConfig config =
        UdpConfig.at(RelayedField.anyPort()).withThreads(new UdpConfig.Threads(name, true, false));
    Party[] opened = new Party[1];
    UdpEndpoint endpoint =
        UdpEndpoint.start(
            config,
            gate -> {
              opened[0] = opening.open(gate);
              return opened[0].datagrams();
            },
            events);
    return new UdpEnd(endpoint, opened[0]);
  }

  @Override
  public InetSocketAddress address() {
    return endpoint.address();
  }

  @Override
  public EndpointLoop loop() {
    return endpoint.loops().get(0);
  }

  @Override
  public CompletableFuture<Peer> reach(InetSocketAddress server) {
    Bytes address = Bytes.copyOf(server.getAddress().getAddress());
    return CompletableFuture.completedFuture(Peer.of(address, server.getPort()));
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
