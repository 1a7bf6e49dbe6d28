package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.words.CodeWords;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.kudos.KudosOption;
import dev.moat.oscore.option.OscoreOption;
import java.util.ArrayList;
import java.util.List;

/** The value of the OSCORE option, field by field (RFC 8613, Section 6.1). */
final class OscoreOptionFields {
  private static final String REFERENCE = "RFC 8613, 6.1";

  private final List<Field> fields = new ArrayList<>();
  private final Bytes value;
  private int position;
  private final int offset;

  private OscoreOptionFields(int offset, Bytes value) {
    this.offset = offset;
    this.value = value;
  }

  /** The fields of a value that stands at {@code offset}; one that says why, when malformed. */
  static List<Field> of(int offset, Bytes value) {
    OscoreOptionFields fields = new OscoreOptionFields(offset, value);
    try {
      OscoreOption option =
          KudosOption.isExtended(value)
              ? KudosOption.decode(value).standard()
              : OscoreOption.decode(value);
      fields.add(option);
    } catch (OscoreException e) {
      fields.fields.add(
          new Field(offset, Bytes.empty(), "    malformed", e.reason().description(), REFERENCE));
    }
    return fields.fields;
  }

  private void add(OscoreOption option) {
    if (value.isEmpty()) {
      return;
    }
    boolean extended = KudosOption.isExtended(value);
    take(extended ? 2 : 1, "    flags", flags(option) + (extended ? ", extended" : ""));
    option
        .partialIv()
        .ifPresent(partialIv -> take(partialIv.length(), "    Partial IV", number(partialIv)));
    option
        .kidContext()
        .ifPresent(context -> take(context.length() + 1, "    kid context", octets(context)));
    int kid = option.kid().map(Bytes::length).orElse(0);
    if (extended) {
      int key = value.length() - kid - position;
      take(key, "    key update", "x and nonce (draft-ietf-core-oscore-key-update)");
    }
    option.kid().ifPresent(id -> take(id.length(), "    kid", octets(id)));
  }

  private void take(int length, String name, String meaning) {
    Bytes octets = value.slice(position, position + length);
    fields.add(new Field(offset + position, octets, name, meaning, REFERENCE));
    position += length;
  }

  private static String flags(OscoreOption option) {
    return "Partial IV of "
        + CodeWords.octets(option.partialIv().map(Bytes::length).orElse(0))
        + (option.kidContext().isPresent() ? ", kid context" : "")
        + (option.kid().isPresent() ? ", kid" : "");
  }

  private static String number(Bytes partialIv) {
    return "sequence number " + partialIv.toUint();
  }

  private static String octets(Bytes id) {
    return id.isEmpty() ? "empty" : "0x" + id.toHex();
  }
}
