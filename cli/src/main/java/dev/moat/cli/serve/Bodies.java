package dev.moat.cli.serve;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;

/** Responses with a body of a format. */
final class Bodies {
  private Bodies() {}

  /** 2.05 with text. */
  static Response text(String text) {
    return Response.text(Code.CONTENT, text);
  }

  /** 2.05 with a body of {@code format}. */
  static Response content(Bytes body, long format) {
    return new Response(
        Code.CONTENT, Options.of(Option.uint(OptionNumber.CONTENT_FORMAT, format)), body);
  }

  /** The format of a request's body; text when it says none. */
  static long format(Request request) {
    return request.options().contentFormat().orElse(Formats.TEXT);
  }

  /** 2.01 at a path, one Location-Path option per segment (RFC 7252, Section 5.10.7). */
  static Response createdAt(String... segments) {
    Options options = Options.none();
    for (String segment : segments) {
      options = options.plus(Option.text(OptionNumber.LOCATION_PATH, segment));
    }
    return Response.of(Code.CREATED).withOptions(options);
  }
}
