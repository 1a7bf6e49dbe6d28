package dev.moat.endpoint.stream;

import dev.moat.bytes.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/** Netty's end of one connection: the last stage, which tells the loop. */
final class LinkHandler extends ChannelInboundHandlerAdapter {
  private final StreamLoop loop;
  private final Links links;
  private final Link link;

  LinkHandler(StreamLoop loop, Link link) {
    this.loop = loop;
    this.links = loop.links();
    this.link = link;
  }

  /** The stages before this one pass it on when their handshakes are done. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    links.opened(link);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof ByteBuf content) {
        byte[] copy = new byte[content.readableBytes()];
        content.readBytes(copy);
        links.octets(link, Bytes.owned(copy));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    loop.batchEnded();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    links.writable(link, ctx.channel().isWritable());
  }

  /** The other end sends no more. RFC 8323 knows no half of a connection, so that ends it. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent
        || event instanceof ChannelInputShutdownReadComplete
        || event instanceof SslCloseCompletionEvent) {
      links.inputEnded(link);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    links.closed(link);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    links.failed(link, cause);
  }
}
