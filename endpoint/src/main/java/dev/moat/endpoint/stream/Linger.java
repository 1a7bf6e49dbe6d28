package dev.moat.endpoint.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection so that what was sent last arrives. If anything that came is still unread
 * when a socket is closed, the kernel resets the connection, and the reset overtakes the last
 * message or alert. So this first says that no more comes, reads away what the other end still
 * sends, and closes when that ends, or after a moment.
 *
 * <p>Stands next to the socket.
 */
final class Linger extends ChannelDuplexHandler {
  private static final long LINGER_MILLIS = 1_000;
  private static final long MAX_OCTETS = 1 << 20;

  private @Nullable ChannelPromise asked;
  private long octets;

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    DuplexChannel channel = (DuplexChannel) ctx.channel();
    if (asked != null || !channel.isActive() || channel.isInputShutdown()) {
      var unused = ctx.close(promise);
      return;
    }
    asked = promise;
    ctx.flush();
    channel.config().setAutoRead(true);
    var unusedFuture = channel.shutdownOutput();
    var unusedTimer =
        ctx.executor().schedule(() -> closeNow(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (asked == null) {
      ctx.fireChannelRead(message);
      return;
    }
    octets += message instanceof ByteBuf content ? content.readableBytes() : 0;
    ReferenceCountUtil.release(message);
    if (octets > MAX_OCTETS) {
      closeNow(ctx);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    boolean ended =
        event instanceof ChannelInputShutdownEvent
            || event instanceof ChannelInputShutdownReadComplete;
    if (asked != null && ended) {
      closeNow(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** What goes wrong with a connection that is given up anyway is of no interest. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (asked == null) {
      ctx.fireExceptionCaught(cause);
    } else {
      closeNow(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closeNow(ctx);
    ctx.fireChannelInactive();
  }

  private void closeNow(ChannelHandlerContext ctx) {
    if (asked != null && !asked.isDone()) {
      var unused = ctx.close(asked);
    }
  }
}
