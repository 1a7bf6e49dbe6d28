package dev.moat.oscore;

import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException.Reason;

/**
 * The unprotected error responses of a server (RFC 8613, Sections 7.4 and 8.2), of which there are
 * few: the peer, and everyone on the path, learns no more than the RFC tells them.
 *
 * <p>Max-Age is 0, so that no proxy keeps an error that no later request can hit (Section 4.1.3.1).
 */
public final class ErrorResponses {
  private ErrorResponses() {}

  /** What the sender of a request is told. */
  public static Response to(Reason reason) {
    return switch (reason) {
      case NOT_PROTECTED,
          REPEATED_OPTION,
          RESERVED_FLAG,
          RESERVED_PARTIAL_IV_LENGTH,
          TRUNCATED_OPTION,
          TRAILING_OCTETS,
          PARTIAL_IV_NOT_MINIMAL,
          MISSING_KID,
          MISSING_PARTIAL_IV ->
          error(Code.BAD_OPTION, "Failed to decode COSE");
      // A worn-out key is as good as none: the client has to establish another context.
      case CONTEXT_NOT_FOUND, KEY_USAGE_LIMIT ->
          error(Code.UNAUTHORIZED, "Security context not found");
      case REPLAY -> error(Code.UNAUTHORIZED, "Replay detected");
      case DECRYPTION_FAILED, BAD_PLAINTEXT, NESTED, BAD_PROXY_URI, UNEXPECTED_OBSERVE ->
          error(Code.BAD_REQUEST, "Decryption failed");
      // The response cannot be protected: this endpoint is at fault, and says nothing about why.
      case NONCE_ALREADY_USED, OPTION_TOO_LONG, SEQUENCE_EXHAUSTED, RESERVATION_FAILED ->
          error(Code.INTERNAL_SERVER_ERROR, "");
    };
  }

  private static Response error(Code code, String diagnostic) {
    return Response.diagnostic(code, diagnostic).with(Option.uint(OptionNumber.MAX_AGE, 0));
  }
}
