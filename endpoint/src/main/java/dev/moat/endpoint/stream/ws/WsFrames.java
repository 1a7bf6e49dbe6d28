package dev.moat.endpoint.stream.ws;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One binary WebSocket message is one CoAP message (RFC 8323, Section 4.2): buffers inward and
 * outward are whole messages. An empty buffer that is written says that no more comes, and becomes
 * a close frame.
 */
final class WsFrames extends ChannelDuplexHandler {
  private final int maxOctets;
  private final Consumer<String> drop;
  private @Nullable ByteBuf joined;
  private boolean closeSent;

  WsFrames(int maxOctets, Consumer<String> drop) {
    this.maxOctets = maxOctets;
    this.drop = drop;
  }

  /** Takes the place of the upgrade: the connection is open. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof WebSocketFrame frame && !closeSent) {
        take(ctx, frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf content)) {
      var unused = ctx.write(message, promise);
    } else if (content.isReadable()) {
      var unused = ctx.write(new BinaryWebSocketFrame(content), promise);
    } else if (closeSent) {
      var unused = ctx.write(content, promise);
    } else {
      content.release();
      closeSent = true;
      var unused = ctx.write(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE), promise);
    }
  }

  /** The decoder has answered a violation with a close frame already. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      closeSent = true;
      drop.accept("it broke the rules of WebSocket frames");
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    forget();
  }

  private void take(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
      join(ctx, frame);
    } else if (frame instanceof TextWebSocketFrame) {
      fail(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "a text frame came, CoAP is binary");
    } else if (frame instanceof PingWebSocketFrame) {
      pong(ctx, frame);
    } else if (frame instanceof CloseWebSocketFrame) {
      closeSent = true;
      ChannelFuture unused = ctx.writeAndFlush(frame.retain());
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  /** Pings that come faster than their answers leave need not all be answered (Section 5.5.3). */
  private static void pong(ChannelHandlerContext ctx, WebSocketFrame ping) {
    if (ctx.channel().isWritable()) {
      ChannelFuture unused = ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    }
  }

  private void join(ChannelHandlerContext ctx, WebSocketFrame frame) {
    ByteBuf content = frame.content();
    if (joined == null && frame.isFinalFragment()) {
      ctx.fireChannelRead(content.retain());
      return;
    }
    ByteBuf whole = joined == null ? ctx.alloc().buffer() : joined;
    joined = whole;
    if (whole.readableBytes() + content.readableBytes() > maxOctets) {
      fail(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message is longer than " + maxOctets);
      return;
    }
    whole.writeBytes(content);
    if (frame.isFinalFragment()) {
      joined = null;
      ctx.fireChannelRead(whole);
    }
  }

  private void fail(ChannelHandlerContext ctx, WebSocketCloseStatus status, String sentence) {
    closeSent = true;
    forget();
    ChannelFuture unused = ctx.writeAndFlush(new CloseWebSocketFrame(status, sentence));
    drop.accept(sentence);
  }

  private void forget() {
    if (joined != null) {
      joined.release();
      joined = null;
    }
  }
}
