package dev.moat.endpoint.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * One buffer that a socket receives every batch into. Datagrams are copied out of it before the
 * next batch, so there is no need to allocate a large buffer for each, which no pool caches.
 *
 * <p>Belongs to one channel; {@link #close()} when that is closed.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator implements AutoCloseable {
  private final int octets;
  private final ByteBuf buffer;

  /** Room for {@code batch} datagrams of {@code slotOctets}. */
  ReceiveBuffer(int batch, int slotOctets) {
    super(batch);
    this.octets = batch * slotOctets;
    this.buffer = Unpooled.directBuffer(octets, octets);
  }

  @Override
  public ExtendedHandle newHandle() {
    return new ReusingHandle();
  }

  @Override
  public void close() {
    buffer.release();
  }

  private final class ReusingHandle extends MaxMessageHandle {
    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      // Somebody still holds a datagram of the last batch, or the channel is closed: never share.
      if (buffer.refCnt() != 1) {
        return allocator.directBuffer(octets, octets);
      }
      return buffer.clear().retain();
    }

    @Override
    public int guess() {
      return octets;
    }
  }
}
