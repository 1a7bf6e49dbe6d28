package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cli.words.CodeWords;
import dev.moat.coap.option.OptionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The EDHOC message in the payload of a CoAP message, when its content format (RFC 9528, Section
 * 10.9) or the EDHOC option (RFC 9668, Section 3.1) says that there is one.
 */
final class EdhocInside {
  private static final int EDHOC_CBOR_SEQ = 64;
  private static final int CID_EDHOC_CBOR_SEQ = 65;
  private static final String FLOWS = "RFC 9528, A.2";

  private boolean combined;
  private boolean alone;

  /** Takes note of one option. */
  void see(int number, Bytes value) {
    combined |= number == OptionNumber.EDHOC;
    boolean format = number == OptionNumber.CONTENT_FORMAT && value.length() <= 2;
    alone |= format && (value.toUint() == EDHOC_CBOR_SEQ || value.toUint() == CID_EDHOC_CBOR_SEQ);
  }

  /** True when the payload has an EDHOC message in it. */
  boolean isInside() {
    return combined || alone;
  }

  /** The message's fields; none when there is no message. */
  List<Field> fields(int offset, Bytes payload) {
    if (combined) {
      return combined(offset, payload);
    }
    return alone ? message(offset, payload) : List.of();
  }

  /** message_3, and behind it what OSCORE protects. */
  private static List<Field> combined(int offset, Bytes payload) {
    try {
      CborReader reader = new CborReader(payload);
      Bytes message3 = reader.item();
      int end = reader.position();
      List<Field> fields = new ArrayList<>();
      fields.addAll(fields(offset, message3, EdhocMessageKind.MESSAGE_3));
      Bytes rest = payload.slice(end, payload.length());
      fields.add(
          new Field(
              offset + end,
              rest,
              "  OSCORE payload",
              CodeWords.octets(rest.length()) + ", under the context that message_3 completes",
              "RFC 9668, 3.2"));
      return fields;
    } catch (CborException e) {
      return List.of(malformed(offset, String.valueOf(e.getMessage())));
    }
  }

  private static List<Field> message(int offset, Bytes payload) {
    EdhocRecognition recognised = EdhocRecognition.of(payload);
    int prefix = recognised.prefixOctets();
    List<Field> fields = new ArrayList<>();
    if (prefix > 0) {
      fields.add(prefix(offset, payload.slice(0, prefix)));
    }
    fields.addAll(
        fields(offset + prefix, payload.slice(prefix, payload.length()), recognised.kind()));
    return fields;
  }

  /** {@code true} before message_1, and C_R before message_3. */
  static Field prefix(int offset, Bytes octets) {
    boolean isTrue = octets.equals(Bytes.of(0xf5));
    String meaning = isTrue ? "true: message_1 follows" : "C_R: message_3 follows";
    return new Field(offset, octets, "  EDHOC prefix", meaning, FLOWS);
  }

  private static List<Field> fields(int offset, Bytes message, EdhocMessageKind kind) {
    Dissection dissection = EdhocDissector.dissect(message, offset, kind, Optional.empty());
    List<Field> fields = new ArrayList<>();
    fields.add(
        new Field(
            offset,
            Bytes.empty(),
            "  EDHOC",
            kind.words() + ", " + CodeWords.octets(message.length()),
            FLOWS));
    for (Field field : dissection.fields()) {
      fields.add(
          new Field(
              field.offset(),
              field.octets(),
              "    " + field.name(),
              field.meaning(),
              field.reference()));
    }
    dissection.fault().ifPresent(fault -> fields.add(malformed(fault.offset(), fault.rule())));
    return fields;
  }

  private static Field malformed(int offset, String rule) {
    return new Field(offset, Bytes.empty(), "    malformed", rule, "RFC 9528, 5.1");
  }
}
