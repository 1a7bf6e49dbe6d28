package io.netty.channel.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A connected, non-blocking UDP socket that sends and receives batches of equally long slots by
 * sendmmsg and recvmmsg.
 *
 * <p>Owned by one thread.
 */
public final class BatchedUdpSocket implements AutoCloseable {
  static {
    Epoll.ensureAvailability(); // loads the native library
  }

  private final LinuxSocket socket;
  private final NativeDatagramPacketArray outPackets = new NativeDatagramPacketArray();
  private final NativeDatagramPacketArray inPackets = new NativeDatagramPacketArray();
  private final int batch;
  private final int slotOctets;
  private final ByteBuf out;
  private final ByteBuf in;

  /** Connects to {@code to} from a port that the system chooses. */
  public BatchedUdpSocket(InetSocketAddress to, int batch, int slotOctets) throws IOException {
    this.batch = batch;
    this.slotOctets = slotOctets;
    this.out = Unpooled.directBuffer(batch * slotOctets, batch * slotOctets);
    this.in = Unpooled.directBuffer(batch * slotOctets, batch * slotOctets);
    this.socket = LinuxSocket.newSocketDgram(false);
    socket.setReceiveBufferSize(4 << 20);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    if (!socket.connect(to)) {
      throw new IOException("cannot connect to " + to);
    }
  }

  /** Where the datagrams to send are written: datagram i starts at i times the slot's length. */
  public ByteBuf out() {
    return out;
  }

  /** Where received datagrams are: datagram i starts at i times the slot's length. */
  public ByteBuf in() {
    return in;
  }

  /** The most datagrams in one call. */
  public int batch() {
    return batch;
  }

  /** Sends the first {@code count} slots, each with {@code octets}; gives how many were taken. */
  public int send(int count, int octets) throws IOException {
    outPackets.clear();
    for (int i = 0; i < count; i++) {
      outPackets.addWritable(out, i * slotOctets, octets);
    }
    return Native.sendmmsg(socket.intValue(), false, outPackets.packets(), 0, count);
  }

  /** Receives what is there, at most a batch; 0 when nothing is. */
  public int receive() throws IOException {
    inPackets.clear();
    for (int i = 0; i < batch; i++) {
      inPackets.addWritable(in, i * slotOctets, slotOctets);
    }
    return Math.max(0, Native.recvmmsg(socket.intValue(), false, inPackets.packets(), 0, batch));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    outPackets.release();
    inPackets.release();
    out.release();
    in.release();
  }
}
