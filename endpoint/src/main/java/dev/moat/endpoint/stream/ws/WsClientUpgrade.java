package dev.moat.endpoint.stream.ws;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameMaskGenerator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.security.SecureRandom;

/** Asks for a WebSocket and looks at the answer (RFC 6455, Section 4.1). */
final class WsClientUpgrade extends ChannelInboundHandlerAdapter {
  private static final String NOT_HTTP =
      "the server does not answer in HTTP/1.1, or at too great length";

  private final WsRules rules;
  private final WsUpgrade.Exits exits;
  private final WebSocketClientHandshaker13 handshaker;

  WsClientUpgrade(WsRules rules, String host, WsUpgrade.Exits exits) {
    this.rules = rules;
    this.exits = exits;
    this.handshaker = new Handshaker(rules, new DefaultHttpHeaders().set("Host", host));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ChannelFuture unused =
        handshaker
            .handshake(ctx.channel())
            .addListener(
                sent -> {
                  if (!sent.isSuccess()) {
                    exits.refuse().accept("the request for a WebSocket could not be sent");
                  }
                });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof FullHttpResponse response && !handshaker.isHandshakeComplete()) {
        judge(ctx, response);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      exits.refuse().accept(NOT_HTTP);
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  private void judge(ChannelHandlerContext ctx, FullHttpResponse response) {
    if (response.decoderResult().isFailure()) {
      exits.refuse().accept(NOT_HTTP);
      return;
    }
    try {
      handshaker.finishHandshake(ctx.channel(), response);
    } catch (WebSocketHandshakeException refused) {
      exits.refuse().accept(sentence(response));
      return;
    }
    ctx.pipeline().replace(this, null, new WsFrames(rules.messageOctets(), exits.drop()));
  }

  private static String sentence(FullHttpResponse response) {
    HttpResponseStatus status = response.status();
    if (status.equals(HttpResponseStatus.NOT_FOUND)) {
      return "the server has no CoAP over WebSockets: nothing is at " + WsUpgrade.PATH;
    }
    if (!status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      return "the server answered " + status.code() + " to the request for a WebSocket";
    }
    return response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "coap", false)
        ? "the server's answer does not prove that it opened a WebSocket for us"
        : "the server opened a WebSocket, but not for CoAP (subprotocol coap)";
  }

  /** Without Origin, which is for browsers, and with masks that nobody can foretell. */
  private static final class Handshaker extends WebSocketClientHandshaker13 {
    private static final URI TARGET = URI.create("ws://localhost" + WsUpgrade.PATH);
    private static final SecureRandom RANDOM = new SecureRandom();

    Handshaker(WsRules rules, HttpHeaders headers) {
      super(
          TARGET,
          WebSocketVersion.V13,
          WsUpgrade.SUBPROTOCOL,
          false,
          headers,
          rules.messageOctets(),
          true,
          false);
    }

    @Override
    protected FullHttpRequest newHandshakeRequest() {
      FullHttpRequest request = super.newHandshakeRequest();
      request.headers().remove(HttpHeaderNames.ORIGIN);
      return request;
    }

    /** RFC 6455, Section 10.3: a mask has to come from a strong source. */
    @Override
    protected WebSocketFrameEncoder newWebSocketEncoder() {
      WebSocketFrameMaskGenerator strong = RANDOM::nextInt;
      return new WebSocket13FrameEncoder(strong);
    }
  }
}
