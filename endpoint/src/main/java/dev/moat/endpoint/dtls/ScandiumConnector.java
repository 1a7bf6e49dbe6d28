package dev.moat.endpoint.dtls;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.californium.elements.util.LimitedRunnable;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ClientHello;
import org.eclipse.californium.scandium.dtls.HelloVerifyRequest;
import org.eclipse.californium.scandium.dtls.Record;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;
import org.jspecify.annotations.Nullable;

/**
 * Scandium without its own socket and threads: datagrams come by {@link #processDatagram} and leave
 * through a queue.
 *
 * <p>While all places are in use, Scandium answers a ClientHello whose cookie is right with that
 * cookie once more; the client repeats its hello at once, and so on without end. Here a newcomer
 * for whom there is no place meets silence, and asks again when its retransmission is due.
 */
final class ScandiumConnector extends DTLSConnector {
  private final Queue<DatagramPacket> outgoing = new ArrayDeque<>();
  private final int mtuOctets;
  private final Consumer<InetSocketAddress> turnedAway;

  /** What arrives, while Scandium sorts it. */
  private @Nullable Record arriving;

  /** The hello that is being answered. */
  private @Nullable Record hello;

  /**
   * A connector.
   *
   * @param turnedAway is told of clients that proved their address and got no place
   */
  ScandiumConnector(
      DtlsConnectorConfig config,
      ResumptionSupportingConnectionStore store,
      int mtuOctets,
      Consumer<InetSocketAddress> turnedAway) {
    super(config, store);
    this.mtuOctets = mtuOctets;
    this.turnedAway = turnedAway;
  }

  /** The next datagram to send, or null. */
  @Nullable DatagramPacket poll() {
    return outgoing.poll();
  }

  @Override
  protected void start(InetSocketAddress bind) throws IOException {
    init(bind, new QueueSocket(bind), mtuOctets);
  }

  @Override
  protected void processRecords(
      List<Record> records, InetSocketAddress peer, @Nullable InetSocketAddress router) {
    arriving = records.get(0);
    super.processRecords(records, peer, router);
    arriving = null;
  }

  @Override
  protected boolean executeInbound(Executor executor, InetSocketAddress peer, LimitedRunnable job) {
    Record record = arriving;
    if (record == null || !record.isNewClientHello()) {
      return super.executeInbound(executor, peer, job);
    }
    return super.executeInbound(task -> executor.execute(() -> answer(record, task)), peer, job);
  }

  private void answer(Record record, Runnable task) {
    hello = record;
    try {
      task.run();
    } finally {
      hello = null;
    }
  }

  @Override
  protected void sendRecord(Record record) throws IOException {
    if (repeatsTheCookie(record)) {
      turnedAway.accept(record.getPeerAddress());
    } else {
      super.sendRecord(record);
    }
  }

  /** True when a client's cookie was right, and Scandium yet asks for the same again. */
  private boolean repeatsTheCookie(Record record) {
    return hello != null
        && hello.getFragment() instanceof ClientHello asked
        && record.getFragment() instanceof HelloVerifyRequest answer
        && Arrays.equals(asked.getCookie(), answer.getCookie());
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
