package dev.moat.engine.resource;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Accept, Content-Format, If-Match, If-None-Match and ETag of a request against what a resource can
 * do (RFC 7252, Section 5.10). Each check gives the response that refuses, or nothing.
 */
public final class Negotiation {
  private Negotiation() {}

  /** 4.06 unless the request accepts one of {@code formats} (Section 5.10.4). */
  public static Optional<Response> accepting(Request request, List<Integer> formats) {
    OptionalLong accept = request.options().uint(OptionNumber.ACCEPT);
    if (accept.isEmpty() || contains(formats, accept.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.because(Code.NOT_ACCEPTABLE, "this resource has the Content-Formats " + formats));
  }

  /**
   * 4.15 unless the body is in one of {@code formats}; a body without Content-Format passes
   * (Section 5.10.3).
   */
  public static Optional<Response> consuming(Request request, List<Integer> formats) {
    OptionalLong format = request.options().contentFormat();
    if (format.isEmpty() || contains(formats, format.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.because(
            Code.UNSUPPORTED_CONTENT_FORMAT, "this resource takes the Content-Formats " + formats));
  }

  /**
   * 4.12 unless If-Match and If-None-Match hold (Section 5.10.8).
   *
   * @param current the entity tag of the current representation; empty when the resource does not
   *     exist yet
   */
  public static Optional<Response> preconditions(Request request, Optional<Bytes> current) {
    Options options = request.options();
    boolean matches =
        !options.has(OptionNumber.IF_MATCH)
            || options.all(OptionNumber.IF_MATCH).stream().anyMatch(tag -> ifMatch(tag, current));
    boolean noneMatches = !options.has(OptionNumber.IF_NONE_MATCH) || current.isEmpty();
    return matches && noneMatches
        ? Optional.empty()
        : Optional.of(Response.of(Code.PRECONDITION_FAILED));
  }

  /**
   * 2.03 when a safe request names the current entity tag: the client's copy is still good (Section
   * 5.10.6.2).
   */
  public static Optional<Response> validation(Request request, Optional<Bytes> current) {
    if (!request.method().isSafe()) {
      return Optional.empty();
    }
    return current
        .filter(tag -> request.options().all(OptionNumber.ETAG).contains(tag))
        .map(tag -> Response.of(Code.VALID).with(new Option(OptionNumber.ETAG, tag)));
  }

  /**
   * {@code response}, or 4.06 when it is a representation in another format than a safe request
   * accepts.
   */
  static Response asAccepted(Request request, Response response) {
    OptionalLong accept = request.options().uint(OptionNumber.ACCEPT);
    OptionalLong format = response.options().contentFormat();
    boolean unwanted =
        request.method().isSafe()
            && response.code() == Code.CONTENT
            && accept.isPresent()
            && format.isPresent()
            && accept.getAsLong() != format.getAsLong();
    return unwanted
        ? Refusal.because(
            Code.NOT_ACCEPTABLE, "this resource has Content-Format " + format.getAsLong())
        : response;
  }

  /** An empty If-Match asks only that the resource exists. */
  private static boolean ifMatch(Bytes wanted, Optional<Bytes> current) {
    return current.isPresent() && (wanted.isEmpty() || wanted.equals(current.get()));
  }

  private static boolean contains(List<Integer> formats, long wanted) {
    return formats.stream().anyMatch(format -> format == wanted);
  }
}
