package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client's way to the server: a front that the client takes for the server, and a back that the
 * server takes for the client. The first address that sends to the front is the client; what comes
 * from others is dropped, on either side.
 *
 * <p>Its channels belong to the recorder's thread; what it has kept may be asked for by any thread.
 */
public final class RecordedPath {
  private final InetSocketAddress server;
  private final DatagramChannel front;
  private final DatagramChannel back;
  private final InetSocketAddress address;
  private final List<RecordedDatagram> kept = new ArrayList<>();
  private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

  private @Nullable SocketAddress client;
  private long keptOctets;

  RecordedPath(InetSocketAddress server) throws IOException {
    this.server = server;
    this.front = open();
    try {
      this.back = open();
      this.address = (InetSocketAddress) front.getLocalAddress();
    } catch (IOException failed) {
      front.close();
      throw failed;
    }
  }

  private static DatagramChannel open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      return channel;
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /** What the client takes for the server. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * What went by until now, in the order it came.
   *
   * @throws IllegalStateException when something could not be kept or passed on, so that the record
   *     is not whole
   */
  public List<RecordedDatagram> recorded() {
    String broken = fault.get();
    if (broken != null) {
      throw new IllegalStateException(broken);
    }
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  DatagramChannel front() {
    return front;
  }

  DatagramChannel back() {
    return back;
  }

  /** On the recorder's thread: passes on what the front has received. */
  void fromClient(ByteBuffer buffer) throws IOException {
    for (SocketAddress from = receive(front, buffer); from != null; from = receive(front, buffer)) {
      if (client == null) {
        client = from;
      }
      if (client.equals(from)) {
        pass(true, buffer, back, server);
      }
    }
  }

  /** On the recorder's thread: passes on what the back has received. */
  void fromServer(ByteBuffer buffer) throws IOException {
    for (SocketAddress from = receive(back, buffer); from != null; from = receive(back, buffer)) {
      if (client != null && server.equals(from)) {
        pass(false, buffer, front, client);
      }
    }
  }

  private static @Nullable SocketAddress receive(DatagramChannel channel, ByteBuffer buffer)
      throws IOException {
    return channel.receive(buffer.clear());
  }

  private void pass(boolean toServer, ByteBuffer buffer, DatagramChannel out, SocketAddress to)
      throws IOException {
    byte[] octets = new byte[buffer.flip().remaining()];
    buffer.get(octets);
    keep(new RecordedDatagram(toServer, Bytes.owned(octets), System.nanoTime()));
    if (out.send(ByteBuffer.wrap(octets), to) != octets.length) {
      broken("a datagram of " + octets.length + " octets could not be passed on");
    }
  }

  private void keep(RecordedDatagram datagram) {
    synchronized (kept) {
      keptOctets += datagram.octets().length();
      if (kept.size() >= DatagramRecorder.MAX_DATAGRAMS
          || keptOctets > DatagramRecorder.MAX_OCTETS) {
        broken(
            "more than "
                + DatagramRecorder.MAX_DATAGRAMS
                + " datagrams or "
                + DatagramRecorder.MAX_OCTETS
                + " octets on one path");
        return;
      }
      kept.add(datagram);
    }
  }

  void broken(String why) {
    var unused = fault.compareAndSet(null, why);
  }

  void close() throws IOException {
    try (front) {
      back.close();
    }
  }
}
