package dev.moat.coap.problem;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborException.Reason;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.coap.message.Code;
import dev.moat.coap.problem.ProblemDetails.Entry;
import java.util.ArrayList;
import java.util.List;

/** Reads the map of RFC 9290, Section 2, entry by entry. */
final class ProblemReader {
  private static final int LANGUAGE_TAGGED_TEXT = 38;

  private ProblemReader() {}

  static ProblemDetails read(CborReader reader, ProblemDetails none) throws CborException {
    int entries = reader.map();
    if (entries == 0) {
      throw new CborException(Reason.UNEXPECTED_ITEM, 0);
    }
    ProblemDetails details = none;
    for (int i = 0; i < entries; i++) {
      details = entry(reader, details);
    }
    reader.end();
    return details;
  }

  private static ProblemDetails entry(CborReader reader, ProblemDetails details)
      throws CborException {
    if (reader.kind() != CborKind.NEGATIVE) {
      return custom(reader, details);
    }
    long key = reader.integer();
    if (key < ProblemDetails.UNPROCESSED_OPTION) {
      return kept(key, reader, details);
    }
    return switch ((int) key) {
      case ProblemDetails.TITLE -> details.withTitle(text(reader));
      case ProblemDetails.DETAIL -> details.withDetail(text(reader));
      case ProblemDetails.INSTANCE -> details.withInstance(reader.text());
      case ProblemDetails.RESPONSE_CODE ->
          details.withResponseCode(Code.ofOctet(number(reader, 255)));
      case ProblemDetails.BASE_URI -> details.withBaseUri(reader.text());
      case ProblemDetails.UNPROCESSED_OPTION -> details.withUnprocessedOptions(numbers(reader));
      default -> kept(key, reader, details);
    };
  }

  /** Section 3: what is not recognised is ignored, and retained for others. */
  private static ProblemDetails kept(long key, CborReader reader, ProblemDetails details)
      throws CborException {
    Bytes encodedKey = new CborWriter().integer(key).toBytes();
    return details.withEntry(new Entry(encodedKey, reader.item()));
  }

  /** Section 3.2: the key is an unsigned number or a URI, the value a map. */
  private static ProblemDetails custom(CborReader reader, ProblemDetails details)
      throws CborException {
    boolean isKey = reader.kind() == CborKind.UNSIGNED || reader.kind() == CborKind.TEXT;
    Bytes key = isKey ? reader.item() : unexpected(reader);
    Bytes value = reader.kind() == CborKind.MAP ? reader.item() : unexpected(reader);
    return details.withEntry(new Entry(key, value));
  }

  /** Text, or a language tag, text and perhaps a direction in an array (Appendix A). */
  private static String text(CborReader reader) throws CborException {
    if (reader.kind() != CborKind.TAG) {
      return reader.text();
    }
    int start = reader.position();
    long tag = reader.tag();
    int items = reader.array();
    if (tag != LANGUAGE_TAGGED_TEXT || items < 2 || items > 3) {
      throw new CborException(Reason.UNEXPECTED_ITEM, start);
    }
    reader.skip();
    String text = reader.text();
    if (items == 3) {
      reader.skip();
    }
    return text;
  }

  private static List<Integer> numbers(CborReader reader) throws CborException {
    List<Integer> numbers = new ArrayList<>();
    int left = reader.kind() == CborKind.ARRAY ? reader.array() : 1;
    for (; left > 0; left--) {
      numbers.add(number(reader, 0xffff));
    }
    return numbers;
  }

  private static int number(CborReader reader, int most) throws CborException {
    int start = reader.position();
    long number = reader.integer();
    if (number < 0 || number > most) {
      throw new CborException(Reason.UNEXPECTED_ITEM, start);
    }
    return (int) number;
  }

  private static Bytes unexpected(CborReader reader) throws CborException {
    throw new CborException(Reason.UNEXPECTED_ITEM, reader.position());
  }
}
