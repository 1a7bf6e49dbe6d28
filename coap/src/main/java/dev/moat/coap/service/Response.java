package dev.moat.coap.service;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;

/**
 * A response above the message layer (RFC 7252, Section 5.2).
 *
 * @param code a code for which {@link Code#isResponse()} holds
 * @param options the options
 * @param payload the body; on an error, a diagnostic message or problem details
 */
public record Response(Code code, Options options, Bytes payload) {
  /** Checks that the code is a response code. */
  public Response {
    if (!code.isResponse()) {
      throw new IllegalArgumentException(code + " is not a response code");
    }
  }

  /** A response without options and payload. */
  public static Response of(Code code) {
    return new Response(code, Options.none(), Bytes.empty());
  }

  /** A response with a text/plain payload in UTF-8. */
  public static Response text(Code code, String text) {
    return new Response(
        code, Options.of(Option.uint(OptionNumber.CONTENT_FORMAT, 0)), Bytes.utf8(text));
  }

  /**
   * An error whose payload is a diagnostic message (RFC 7252, Section 5.5.2): no Content-Format.
   */
  public static Response diagnostic(Code code, String message) {
    return new Response(code, Options.none(), Bytes.utf8(message));
  }

  /** This response with other options. */
  public Response withOptions(Options newOptions) {
    return new Response(code, newOptions, payload);
  }

  /** This response with {@code option} in place of all instances of its number. */
  public Response with(Option option) {
    return withOptions(options.with(option));
  }

  /** This response with another payload. */
  public Response withPayload(Bytes newPayload) {
    return new Response(code, options, newPayload);
  }
}
