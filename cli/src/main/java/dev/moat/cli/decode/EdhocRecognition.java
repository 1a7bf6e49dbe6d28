package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;

/**
 * What an EDHOC message over CoAP is, as far as it shows (RFC 9528, Appendix A.2).
 *
 * @param prefixOctets octets of {@code true} or C_R before the message; 0 without
 * @param kind which message
 */
record EdhocRecognition(int prefixOctets, EdhocMessageKind kind) {
  /** Looks at the kinds of the items only: integers begin message_1 and errors. */
  static EdhocRecognition of(Bytes payload) {
    try {
      CborReader reader = new CborReader(payload);
      CborKind first = reader.kind();
      reader.skip();
      int second = reader.position();
      if (first == CborKind.BOOL) {
        return new EdhocRecognition(
            second, message1OrError(payload.slice(second, payload.length())));
      }
      boolean last = reader.isAtEnd();
      if (!last && reader.kind() == CborKind.BYTES) {
        return new EdhocRecognition(second, EdhocMessageKind.MESSAGE_3);
      }
      return first == CborKind.BYTES
          ? new EdhocRecognition(0, EdhocMessageKind.ENCRYPTED)
          : new EdhocRecognition(0, message1OrError(payload));
    } catch (CborException broken) {
      return new EdhocRecognition(0, broken(payload));
    }
  }

  private static EdhocMessageKind broken(Bytes payload) {
    boolean string = !payload.isEmpty() && payload.at(0) >> 5 == 2;
    return string ? EdhocMessageKind.ENCRYPTED : EdhocMessageKind.MESSAGE_1;
  }

  /** Behind METHOD and SUITES_I comes G_X; behind an error's code and info nothing. */
  private static EdhocMessageKind message1OrError(Bytes message) {
    try {
      CborReader reader = new CborReader(message);
      reader.skip();
      CborKind info = reader.kind();
      boolean suites =
          info == CborKind.UNSIGNED || info == CborKind.NEGATIVE || info == CborKind.ARRAY;
      reader.skip();
      return suites && !reader.isAtEnd() ? EdhocMessageKind.MESSAGE_1 : EdhocMessageKind.ERROR;
    } catch (CborException broken) {
      return EdhocMessageKind.MESSAGE_1;
    }
  }
}
