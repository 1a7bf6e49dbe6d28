package dev.moat.foe.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Foe's end of a TCP connection with one of its victims. What it cannot send is lost with it. */
final class Socket implements AutoCloseable {
  static final int END = -1;

  private final SocketChannel channel;
  private final SelectionKey key;
  private Runnable readable = () -> {};
  private Runnable writable = () -> {};

  private Socket(RunLoop loop, SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Runnable ready = this::onReady;
    this.key = channel.register(loop.selector(), SelectionKey.OP_READ, ready);
  }

  static Socket of(RunLoop loop, SocketChannel channel) throws IOException {
    return new Socket(loop, channel);
  }

  /** Who is told that octets have come, and that there is room for more. */
  void tell(Runnable onReadable, Runnable onWritable) {
    readable = onReadable;
    writable = onWritable;
  }

  private void onReady() {
    if (key.isValid() && key.isReadable()) {
      readable.run();
    }
    if (key.isValid() && key.isWritable()) {
      writable.run();
    }
  }

  int port() {
    try {
      return ((java.net.InetSocketAddress) channel.getLocalAddress()).getPort();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  /** What has come; {@link #END} when nothing will any more. */
  int read(ByteBuffer into) {
    try {
      return channel.read(into);
    } catch (IOException gone) {
      return END;
    }
  }

  /** As much of {@code octets} as there is room for; all of it when nobody is there any more. */
  void write(ByteBuffer octets) {
    try {
      channel.write(octets);
    } catch (IOException gone) {
      octets.position(octets.limit());
    }
    interest(SelectionKey.OP_WRITE, octets.hasRemaining());
  }

  void reading(boolean on) {
    interest(SelectionKey.OP_READ, on);
  }

  private void interest(int operation, boolean on) {
    if (key.isValid()) {
      key.interestOps(on ? key.interestOps() | operation : key.interestOps() & ~operation);
    }
  }

  /** Nothing more will be sent. */
  void end() {
    try {
      channel.shutdownOutput();
    } catch (IOException gone) {
      // Then there is nobody to tell.
      close();
    }
  }

  /** Ends it as TCP does when nothing gets through: without a word of what was under way. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      // It is closed anyway.
    }
    close();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
