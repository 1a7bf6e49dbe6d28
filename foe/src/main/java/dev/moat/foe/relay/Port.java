package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** One UDP socket of Foe on the loopback interface. */
final class Port implements AutoCloseable {
  private static final int MAX_DATAGRAM_OCTETS = 65_535;
  private static final byte[] APART = {127, 0, 0, 99};
  private static final int RECEIVE_BUFFER_OCTETS = 1 << 20;

  private final DatagramChannel channel;
  private final InetSocketAddress address;
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_OCTETS);
  private final Receiver receiver;

  private Port(DatagramChannel channel, InetSocketAddress address, Receiver receiver) {
    this.channel = channel;
    this.address = address;
    this.receiver = receiver;
  }

  /** Opens a socket at a free port; {@code receiver} gets what arrives, on the loop. */
  static Port open(RunLoop loop, Receiver receiver) throws IOException {
    return open(loop, InetAddress.getLoopbackAddress(), receiver);
  }

  /**
   * Opens a socket at an address that nobody else of the run has, since servers keep account of
   * addresses and not of ports; at the usual one where the system has no other loopback address.
   */
  static Port openApart(RunLoop loop, Receiver receiver) throws IOException {
    try {
      return open(loop, InetAddress.getByAddress(APART), receiver);
    } catch (BindException onlyOneLoopbackAddress) {
      return open(loop, receiver);
    }
  }

  private static Port open(RunLoop loop, InetAddress at, Receiver receiver) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_OCTETS);
      channel.bind(new InetSocketAddress(at, 0));
      Port port = new Port(channel, (InetSocketAddress) channel.getLocalAddress(), receiver);
      Runnable readable = port::readAll;
      channel.register(loop.selector(), SelectionKey.OP_READ, readable);
      return port;
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /**
   * Sends now; on the loopback interface a full buffer is the only loss, and UDP may lose anyway.
   */
  void send(SocketAddress to, Bytes datagram) {
    try {
      channel.send(datagram.asReadOnlyBuffer(), to);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot send to " + to, failed);
    }
  }

  private void readAll() {
    try {
      for (SocketAddress from = receive(); from != null; from = receive()) {
        receiver.onDatagram(from, Bytes.copyOf(buffer.array(), 0, buffer.position()));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private @org.jspecify.annotations.Nullable SocketAddress receive() throws IOException {
    buffer.clear();
    return channel.receive(buffer);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes what arrives. */
  interface Receiver {
    void onDatagram(SocketAddress from, Bytes datagram);
  }
}
