package dev.moat.benchmarks;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.endpoint.udp.UdpEndpoint;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/** Moat's transport alone, echoing: what it costs without CoAP. */
final class TransportUnderTest implements AutoCloseable {
  private final UdpEndpoint endpoint;

  TransportUnderTest(int port) {
    endpoint =
        UdpEndpoint.start(
            UdpConfig.at(new InetSocketAddress(port)), gate -> new Echo(), EventSink.NONE);
  }

  @Override
  public void close() {
    endpoint.close();
  }

  private record Datagram(Peer peer, Bytes content) {}

  private static final class Echo implements DatagramProtocol {
    private final Queue<Datagram> waiting = new ArrayDeque<>();

    @Override
    public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
      waiting.add(new Datagram(from, datagram));
    }

    @Override
    public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {}

    @Override
    public void onTimeout(long nowNanos) {}

    @Override
    public long nextTimeoutNanos() {
      return Long.MAX_VALUE;
    }

    @Override
    public void drainTo(Outgoing out) {
      for (Datagram next = waiting.poll(); next != null; next = waiting.poll()) {
        out.send(next.peer(), next.content());
      }
    }

    @Override
    public void close(long nowNanos) {}
  }
}
