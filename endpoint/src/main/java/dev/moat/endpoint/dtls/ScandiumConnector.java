package dev.moat.endpoint.dtls;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;

/**
 * Scandium without its own socket and threads: datagrams come by {@link #processDatagram} and leave
 * through a queue.
 */
final class ScandiumConnector extends DTLSConnector {
  private final Queue<DatagramPacket> outgoing = new ArrayDeque<>();
  private final int mtuOctets;

  ScandiumConnector(
      DtlsConnectorConfig config, ResumptionSupportingConnectionStore store, int mtuOctets) {
    super(config, store);
    this.mtuOctets = mtuOctets;
  }

  /** The next datagram to send, or null. */
  @org.jspecify.annotations.Nullable
  DatagramPacket poll() {
    return outgoing.poll();
  }

  @Override
  protected void start(InetSocketAddress bind) throws IOException {
    init(bind, new QueueSocket(bind), mtuOctets);
  }

  /** Pretends to be bound where the loop's socket is; what is sent is queued for the loop. */
  private final class QueueSocket extends DatagramSocket {
    private final InetSocketAddress bound;

    QueueSocket(InetSocketAddress bound) throws SocketException {
      super((SocketAddress) null);
      this.bound = bound;
    }

    @Override
    public void send(DatagramPacket packet) {
      outgoing.add(packet);
    }

    @Override
    public boolean isBound() {
      return true;
    }

    @Override
    public InetAddress getLocalAddress() {
      return bound.getAddress();
    }

    @Override
    public int getLocalPort() {
      return bound.getPort();
    }
  }
}
