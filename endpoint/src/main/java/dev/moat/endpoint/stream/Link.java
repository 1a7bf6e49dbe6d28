package dev.moat.endpoint.stream;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.engine.stream.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its channel, how far it has got, and what waits to be sent. Owned by the loop.
 */
final class Link {
  private static final long FINISH_SECONDS = 3;

  private final Route route;
  private final Peer peer;
  private final boolean initiated;
  private final Channel channel;
  private final CompletableFuture<Peer> connected = new CompletableFuture<>();
  private PeerIdentity identity = new PeerIdentity.Anonymous();
  private State state = State.OPENING;
  private @Nullable Future<?> deadline;
  private boolean established;
  private long queuedOctets;
  private long leftAtLastLook;

  /** A connection that {@code initiated} tells to be ours or the other end's. */
  Link(Route route, Peer peer, boolean initiated, Channel channel) {
    this.route = route;
    this.peer = peer;
    this.initiated = initiated;
    this.channel = channel;
  }

  Route route() {
    return route;
  }

  Peer peer() {
    return peer;
  }

  boolean initiated() {
    return initiated;
  }

  Channel channel() {
    return channel;
  }

  State state() {
    return state;
  }

  /** Completes with the peer, or with a HandshakeFailure; only the initiator looks at it. */
  CompletableFuture<Peer> connected() {
    return connected;
  }

  /** Whom the other end has proved to be so far. */
  void proved(PeerIdentity who) {
    identity = who;
  }

  Connection connection() {
    boolean secured = route.kind().secured();
    return new Connection(
        route.kind().framing(),
        initiated,
        secured ? Arrival.Security.TRANSPORT : Arrival.Security.NONE,
        identity);
  }

  /** Replaces the task that ends the connection when it does not get on. */
  void deadline(@Nullable Future<?> next) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline = next;
  }

  boolean isEstablished() {
    return established;
  }

  void markEstablished() {
    established = true;
  }

  void markOpen() {
    state = State.OPEN;
  }

  void markClosed() {
    state = State.CLOSED;
    deadline(null);
  }

  /**
   * True when only the first octets from the server show that the connection is open. In TLS 1.3 a
   * client has finished its handshake before the server has looked at its certificate. Every server
   * begins with its CSM (RFC 8323, Section 3.3); with WebSockets its answer to the upgrade has
   * come.
   */
  boolean awaitsFirstOctets() {
    return initiated && route.kind() == StreamKind.TLS;
  }

  /** Queues one message, unflushed. */
  void write(Bytes octets) {
    queuedOctets += octets.length();
    ByteBuf content = channel.alloc().directBuffer(octets.length());
    content.writeBytes(octets.asReadOnlyBuffer());
    var unused = channel.write(content, channel.voidPromise());
  }

  /** What waits to be sent. */
  long pendingOctets() {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes();
  }

  /** True when something waits and nothing has left since the last look. */
  boolean standsStill() {
    long pending = pendingOctets();
    long left = queuedOctets - pending;
    boolean still = pending > 0 && left == leftAtLastLook;
    leftAtLastLook = left;
    return still;
  }

  /**
   * Sends what waits, then says that no more comes, and closes; {@link Linger} sees to it that what
   * was sent last arrives. Who does not take it in time is cut off.
   */
  void finish() {
    if (state == State.CLOSING || state == State.CLOSED) {
      return;
    }
    state = State.CLOSING;
    deadline(channel.eventLoop().schedule(this::abort, FINISH_SECONDS, TimeUnit.SECONDS));
    // For a WebSocket the empty buffer becomes a close frame.
    var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> close());
  }

  /** Closes at once; what waits is lost, and the other end is told by a reset. */
  void abort() {
    if (state != State.CLOSED) {
      state = State.CLOSING;
    }
    if (!channel.isOpen()) {
      return;
    }
    try {
      boolean unused = channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException alreadyClosed) {
      // The other end was faster, and there is nothing left to be reset.
      return;
    }
    // Past the stages, which would still have something to say.
    channel.unsafe().close(channel.unsafe().voidPromise());
  }

  private void close() {
    var unused = channel.close();
  }

  /** How far a connection has got. */
  enum State {
    /** Connecting, or in a handshake. */
    OPENING,
    /** The protocol has it. */
    OPEN,
    /** Nothing that comes counts any more. */
    CLOSING,
    /** Gone, and the protocol knows. */
    CLOSED
  }
}
