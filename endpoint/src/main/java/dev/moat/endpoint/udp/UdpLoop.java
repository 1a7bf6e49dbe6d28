package dev.moat.endpoint.udp;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.endpoint.stack.LoopGate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One event loop, its sockets and the protocol that it alone calls.
 *
 * <p>The clock is read once per batch of datagrams, and what the batch produced is flushed
 * together. Nothing that arrives can end the loop: a fault costs the datagram that caused it.
 */
public final class UdpLoop implements EndpointLoop {
  private static final int ADDRESS_SLOTS = 4096;

  private final EventLoop eventLoop;
  private final UdpConfig config;
  private final EventSink events;
  private final DatagramProtocol protocol;
  private final DatagramProtocol.Outgoing outgoing = this::send;
  private final AddressCache addresses = new AddressCache(ADDRESS_SLOTS);
  private final List<Channel> channels = new ArrayList<>();
  private @Nullable Channel unicast;
  private byte[] scratch = new byte[2048];
  private long nowNanos;
  private boolean inBatch;
  private boolean unflushed;
  private boolean closed;
  private long dropped;
  private long armedNanos = Long.MAX_VALUE;
  private @Nullable Future<?> timer;

  UdpLoop(
      EventLoop eventLoop,
      UdpConfig config,
      Function<LoopGate, DatagramProtocol> protocols,
      EventSink events) {
    this.eventLoop = eventLoop;
    this.config = config;
    this.events = events;
    this.protocol = protocols.apply(this);
  }

  @Override
  public boolean isOwner() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(() -> runOwned("a task", task));
  }

  @Override
  public long nowNanos(long ofEvent) {
    return System.nanoTime();
  }

  @Override
  public void execute(TimedTask task) {
    execute(() -> task.run(nowNanos));
  }

  @Override
  public Future<?> schedule(Duration delay, Runnable task) {
    return eventLoop.schedule(
        () -> runOwned("a scheduled task", task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The protocol, to be touched by tasks on this loop only. */
  public DatagramProtocol protocol() {
    return protocol;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  /** The handler for the socket that this loop receives by and always sends by. */
  ChannelInboundHandlerAdapter unicastReceiver() {
    return new Receiver(false);
  }

  /** The handler for a socket that is bound to a group. */
  ChannelInboundHandlerAdapter multicastReceiver() {
    return new Receiver(true);
  }

  /** Concludes everything, sends what that produced, and closes the sockets. */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      eventLoop.execute(() -> closeOwned(done));
    } catch (RejectedExecutionException ended) {
      done.complete(null);
    }
    return done;
  }

  private void closeOwned(CompletableFuture<Void> done) {
    if (!closed) {
      closed = true;
      runOwned("closing", () -> protocol.close(nowNanos));
      disarm();
    }
    CompletableFuture<?>[] closing = new CompletableFuture<?>[channels.size()];
    for (int i = 0; i < closing.length; i++) {
      CompletableFuture<Void> one = new CompletableFuture<>();
      channels.get(i).close().addListener(ignored -> one.complete(null));
      closing[i] = one;
    }
    var unused = CompletableFuture.allOf(closing).thenRun(() -> done.complete(null));
  }

  private void runOwned(String what, Runnable task) {
    nowNanos = System.nanoTime();
    try {
      protocol.onTimeout(nowNanos);
      task.run();
    } catch (RuntimeException | StackOverflowError fault) {
      events.emit(UdpEvent.LoopFault.of(what, fault));
    }
    finish();
  }

  private void onDatagram(DatagramPacket packet, boolean multicast) {
    if (!inBatch) {
      inBatch = true;
      nowNanos = System.nanoTime();
    }
    ByteBuf content = packet.content();
    Peer from = addresses.peerAt(packet.sender());
    int octets = content.readableBytes();
    // The kernel cuts a longer datagram silently; one octet more than the limit tells it apart.
    if (octets > config.sizes().datagramOctets()) {
      events.emit(new UdpEvent.DatagramTooLong(from, config.sizes().datagramOctets()));
      return;
    }
    byte[] copy = new byte[octets];
    content.getBytes(content.readerIndex(), copy);
    protocol.onDatagram(from, Bytes.owned(copy), multicast, nowNanos);
    protocol.drainTo(outgoing);
  }

  private void finish() {
    try {
      protocol.drainTo(outgoing);
    } catch (RuntimeException fault) {
      events.emit(UdpEvent.LoopFault.of("sending", fault));
    }
    if (unflushed && unicast != null) {
      unflushed = false;
      unicast.flush();
    }
    arm();
  }

  private void send(Peer to, Bytes datagram) {
    Channel channel = unicast;
    if (channel == null || !hasRoomFor(datagram, channel)) {
      dropped++;
      return;
    }
    int octets = datagram.length();
    if (octets > scratch.length) {
      scratch = new byte[octets];
    }
    datagram.copyTo(scratch, 0);
    ByteBuf content = channel.alloc().directBuffer(octets).writeBytes(scratch, 0, octets);
    DatagramPacket packet = new DatagramPacket(content, addresses.addressOf(to));
    unflushed = true;
    if (config.threads().reportSendFailures()) {
      ChannelFuture unused =
          channel.write(packet).addListener(sent -> onSent(to, datagram, sent.isSuccess()));
    } else {
      ChannelFuture unused = channel.write(packet, channel.voidPromise());
    }
  }

  /**
   * What waits to be sent is bounded: non-confirmable messages yield first, the others at twice the
   * limit. A dropped confirmable message or acknowledgement is what retransmission is for (RFC
   * 7252, Section 4.2).
   */
  private boolean hasRoomFor(Bytes datagram, Channel channel) {
    if (channel.isWritable()) {
      return true;
    }
    boolean nonConfirmable = !datagram.isEmpty() && (datagram.at(0) >> 4 & 3) == 1;
    return !nonConfirmable && channel.bytesBeforeWritable() < config.sizes().outboundOctets();
  }

  private void onSent(Peer to, Bytes datagram, boolean success) {
    if (!success && !closed) {
      execute(now -> protocol.onSendFailed(to, datagram, now));
    }
  }

  private void arm() {
    long next = closed ? Long.MAX_VALUE : protocol.nextTimeoutNanos();
    // An earlier wake-up that is already armed will look again; most requests need no new one.
    if (next >= armedNanos) {
      return;
    }
    disarm();
    armedNanos = next;
    timer = eventLoop.schedule(this::onTimer, Math.max(0, next - nowNanos), TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    armedNanos = Long.MAX_VALUE;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void onTimer() {
    armedNanos = Long.MAX_VALUE;
    timer = null;
    if (!closed) {
      runOwned("a timeout", () -> {});
    }
  }

  private void onWritabilityChanged(boolean writable) {
    if (writable) {
      events.emit(new UdpEvent.ReadingResumed(dropped));
      dropped = 0;
    } else {
      events.emit(new UdpEvent.ReadingPaused());
    }
    for (Channel channel : channels) {
      channel.config().setAutoRead(writable);
    }
  }

  /** Netty's side of one socket. */
  private final class Receiver extends ChannelInboundHandlerAdapter {
    private final boolean multicast;

    Receiver(boolean multicast) {
      this.multicast = multicast;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      channels.add(ctx.channel());
      if (!multicast) {
        unicast = ctx.channel();
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      DatagramPacket packet = (DatagramPacket) message;
      try {
        onDatagram(packet, multicast);
      } catch (RuntimeException | StackOverflowError fault) {
        events.emit(UdpEvent.LoopFault.of("a datagram", fault));
      } finally {
        packet.release();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      inBatch = false;
      finish();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (!multicast) {
        onWritabilityChanged(ctx.channel().isWritable());
      }
    }

    /**
     * A read failed. An ICMP error is no proof of anything (anyone can forge it), so nothing is
     * concluded from it.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      events.emit(UdpEvent.LoopFault.of("the socket", cause));
    }
  }
}
