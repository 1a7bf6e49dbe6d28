package dev.moat.coap.service;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;

/**
 * A request above the message layer: a whole body, no token, no Message ID (RFC 7252, Section 5.1).
 *
 * @param method a code for which {@link Code#isRequest()} holds
 * @param options without block options when the body is whole
 * @param payload the body
 * @param peer whom it goes to (client) or came from (server)
 * @param reliability confirmable or not
 * @param context facts that never reach the wire
 */
public record Request(
    Code method,
    Options options,
    Bytes payload,
    Peer peer,
    Reliability reliability,
    Context context) {

  /** Checks that the code is a method. */
  public Request {
    if (!method.isRequest()) {
      throw new IllegalArgumentException(method + " is not a request method");
    }
  }

  /**
   * A confirmable request without payload; {@code path} is split at slashes, a leading slash is
   * ignored.
   */
  public static Request to(Peer peer, Code method, String path) {
    Options options = Options.none();
    String relative = path.startsWith("/") ? path.substring(1) : path;
    if (!relative.isEmpty()) {
      for (String segment : relative.split("/", -1)) {
        options = options.plus(Option.text(OptionNumber.URI_PATH, segment));
      }
    }
    return new Request(
        method, options, Bytes.empty(), peer, Reliability.CONFIRMABLE, Context.empty());
  }

  /** This request with other options. */
  public Request withOptions(Options newOptions) {
    return new Request(method, newOptions, payload, peer, reliability, context);
  }

  /** This request with {@code option} in place of all instances of its number. */
  public Request with(Option option) {
    return withOptions(options.with(option));
  }

  /** This request with another body. */
  public Request withPayload(Bytes newPayload) {
    return new Request(method, options, newPayload, peer, reliability, context);
  }

  /** This request with another method. */
  public Request withMethod(Code newMethod) {
    return new Request(newMethod, options, payload, peer, reliability, context);
  }

  /** This request with another reliability. */
  public Request withReliability(Reliability newReliability) {
    return new Request(method, options, payload, peer, newReliability, context);
  }

  /** This request with one more fact in its context. */
  public <T> Request withFact(Context.Key<T> key, T value) {
    return new Request(method, options, payload, peer, reliability, context.with(key, value));
  }

  /**
   * The arrival of a request at a server.
   *
   * @throws IllegalStateException on a request that did not arrive over an endpoint
   */
  public Arrival arrival() {
    return context
        .find(Arrival.KEY)
        .orElseThrow(() -> new IllegalStateException("this request did not arrive anywhere"));
  }

  /** Uri-Path as text with a leading slash, for people and logs. */
  public String path() {
    return "/" + String.join("/", options.uriPath());
  }
}
