package dev.moat.endpoint.stream.ws;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Judges a request to open a WebSocket (RFC 6455 Section 4.2.1, RFC 8323 Section 4.1). Pure. */
final class WsRequest {
  private static final int KEY_OCTETS = 16;

  /** In this order: the first that a request breaks is what its sender hears of. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
              "the request's line or headers are too long",
              (request, rules) ->
                  !(request.decoderResult().cause() instanceof TooLongFrameException)),
          new Rule(
              HttpResponseStatus.BAD_REQUEST,
              "this is no HTTP request",
              (request, rules) -> !request.decoderResult().isFailure()),
          new Rule(
              HttpResponseStatus.NOT_FOUND,
              "there is nothing but CoAP over WebSockets at " + WsUpgrade.PATH,
              (request, rules) -> pathOf(request).equals(WsUpgrade.PATH)),
          new Rule(
              HttpResponseStatus.METHOD_NOT_ALLOWED,
              "a WebSocket is opened by GET",
              (request, rules) -> request.method().equals(HttpMethod.GET)),
          new Rule(
              HttpResponseStatus.BAD_REQUEST,
              "the request needs one Host header",
              (request, rules) -> request.headers().getAll(HttpHeaderNames.HOST).size() == 1),
          new Rule(
              HttpResponseStatus.BAD_REQUEST,
              "the request must not have content",
              (request, rules) ->
                  !HttpUtil.isTransferEncodingChunked(request)
                      && HttpUtil.getContentLength(request, 0L) == 0),
          new Rule(
              HttpResponseStatus.UPGRADE_REQUIRED,
              "the request does not ask to upgrade to a WebSocket",
              (request, rules) -> asksToUpgrade(request.headers())),
          new Rule(
              HttpResponseStatus.UPGRADE_REQUIRED,
              "the WebSocket version must be 13",
              (request, rules) ->
                  request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false)),
          new Rule(
              HttpResponseStatus.BAD_REQUEST,
              "the WebSocket key must be 16 octets in base64",
              (request, rules) -> hasKey(request.headers())),
          new Rule(
              HttpResponseStatus.FORBIDDEN,
              "pages of this origin may not connect",
              (request, rules) ->
                  request.headers().getAll(HttpHeaderNames.ORIGIN).stream()
                      .allMatch(rules.allowedOrigins()::contains)),
          new Rule(
              HttpResponseStatus.BAD_REQUEST,
              "the WebSocket subprotocol coap is not offered",
              (request, rules) ->
                  request
                      .headers()
                      .containsValue(
                          HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, WsUpgrade.SUBPROTOCOL, false)));

  private WsRequest() {}

  /** What the request breaks, if anything. */
  static Optional<Rule> broken(HttpRequest request, WsRules rules) {
    return RULES.stream().filter(rule -> !rule.keptBy().test(request, rules)).findFirst();
  }

  private static String pathOf(HttpRequest request) {
    String target = request.uri();
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static boolean asksToUpgrade(HttpHeaders headers) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private static boolean hasKey(HttpHeaders headers) {
    List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    try {
      return keys.size() == 1 && Base64.getDecoder().decode(keys.get(0)).length == KEY_OCTETS;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /**
   * One condition.
   *
   * @param status what HTTP calls it when it is broken
   * @param sentence for people
   * @param keptBy tells whether a request keeps it
   */
  record Rule(
      HttpResponseStatus status, String sentence, BiPredicate<HttpRequest, WsRules> keptBy) {}
}
