package dev.moat.endpoint.stream.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** Answers one HTTP request: with a WebSocket, or with what is wrong with it. */
final class WsServerUpgrade extends ChannelInboundHandlerAdapter {
  private final WsRules rules;
  private final WsUpgrade.Exits exits;
  private boolean answered;

  WsServerUpgrade(WsRules rules, WsUpgrade.Exits exits) {
    this.rules = rules;
    this.exits = exits;
  }

  /** Not before the upgrade. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {}

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpRequest request && !answered) {
        answered = true;
        answer(ctx, request);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest request) {
    Optional<WsRequest.Rule> broken = WsRequest.broken(request, rules);
    if (broken.isPresent()) {
      refuse(ctx, broken.get());
      return;
    }
    DefaultFullHttpRequest whole =
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            Unpooled.EMPTY_BUFFER,
            request.headers(),
            EmptyHttpHeaders.INSTANCE);
    ChannelFuture unused =
        new WebSocketServerHandshaker13(WsUpgrade.PATH, WsUpgrade.SUBPROTOCOL, frames())
            .handshake(ctx.channel(), whole)
            .addListener(done -> upgraded(ctx, done.isSuccess()));
  }

  private void upgraded(ChannelHandlerContext ctx, boolean success) {
    if (success && !ctx.isRemoved()) {
      ctx.pipeline().replace(this, null, new WsFrames(rules.messageOctets(), exits.drop()));
    } else {
      exits.refuse().accept("the answer to the upgrade could not be sent");
    }
  }

  /** Masked by every client, no extension, closed on the first violation (RFC 6455, Section 5). */
  private WebSocketDecoderConfig frames() {
    return WebSocketDecoderConfig.newBuilder()
        .expectMaskedFrames(true)
        .allowMaskMismatch(false)
        .allowExtensions(false)
        .closeOnProtocolViolation(true)
        .maxFramePayloadLength(rules.messageOctets())
        .build();
  }

  private void refuse(ChannelHandlerContext ctx, WsRequest.Rule broken) {
    ByteBuf text = ByteBufUtil.writeUtf8(ctx.alloc(), broken.sentence() + "\n");
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, broken.status(), text);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    // RFC 9110, Section 15.5.22 and RFC 6455, Section 4.4.
    if (broken.status().code() == 426) {
      response
          .headers()
          .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
          .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
    }
    ChannelFuture unused = ctx.writeAndFlush(response);
    exits.refuse().accept(broken.sentence());
  }
}
