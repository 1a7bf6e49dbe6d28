package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cli.words.CodeWords;
import dev.moat.cli.words.Printable;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one EDHOC message apart (RFC 9528, Sections 5 and 6), up to the item that breaks a rule.
 * What is encrypted stays so.
 */
public final class EdhocDissector {
  private static final String ERROR = "RFC 9528, 6";

  private final Bytes message;
  private final int start;
  private final CborReader reader;
  private final List<Field> fields = new ArrayList<>();
  private int position;

  private EdhocDissector(Bytes message, int start) throws CborException {
    this.message = message;
    this.start = start;
    this.reader = new CborReader(message);
  }

  /**
   * Takes a message apart.
   *
   * @param start what is added to all offsets: where in a datagram the message begins
   * @param suite the negotiated suite, if it is known: it tells where in message_2 G_Y ends
   */
  public static Dissection dissect(
      Bytes message, int start, EdhocMessageKind kind, Optional<CipherSuite> suite) {
    List<Field> fields = List.of();
    Optional<Fault> fault = Optional.empty();
    int position = 0;
    EdhocDissector dissector = null;
    try {
      dissector = new EdhocDissector(message, start);
      fields = dissector.fields;
      dissector.run(kind, suite);
    } catch (CborException e) {
      position = dissector == null ? 0 : dissector.position;
      fault = Optional.of(new Fault(start + position, sentence(e), "RFC 9528, 3.1"));
    } catch (EdhocException e) {
      position = dissector == null ? 0 : dissector.position;
      String section = "RFC 9528, " + e.reason().section();
      fault = Optional.of(new Fault(start + position, e.reason().description(), section));
    }
    return new Dissection(fields, fault, List.of());
  }

  private static String sentence(CborException e) {
    return String.valueOf(e.getMessage());
  }

  private void run(EdhocMessageKind kind, Optional<CipherSuite> suite)
      throws CborException, EdhocException {
    switch (kind) {
      case MESSAGE_1 -> message1();
      case MESSAGE_2 -> message2(suite);
      case MESSAGE_3 ->
          encrypted(
              "CIPHERTEXT_3",
              "ID_CRED_I, Signature_or_MAC_3, EAD_3; with a shared key ID_CRED_PSK, EAD_3",
              "5.4.1");
      case MESSAGE_4 -> encrypted("CIPHERTEXT_4", "EAD_4", "5.5.1");
      case ENCRYPTED -> encrypted("ciphertext", "which message it is does not show", "3.1");
      case ERROR -> error();
    }
  }

  private void message1() throws CborException, EdhocException {
    long method = reader.integer();
    add("METHOD", EdhocWords.method(method), "RFC 9528, 3.2");
    Optional<CipherSuite> suite = suites("SUITES_I", true);
    int length = reader.bytes().length();
    String key = suite.map(one -> ", " + EdhocWords.curve(one.curve())).orElse("");
    add("G_X", CodeWords.octets(length) + key, "RFC 9528, 3.7");
    connectionId("C_I");
    ead("EAD_1");
    Message1 read = Message1.decode(message);
    if (suite.isPresent()) {
      Bytes unused = read.gX(suite.get());
    }
  }

  private Optional<CipherSuite> suites(String name, boolean selected) throws CborException {
    List<Long> values = new ArrayList<>();
    if (reader.kind() == CborKind.ARRAY) {
      int count = reader.array();
      for (int i = 0; i < count; i++) {
        values.add(reader.integer());
      }
    } else {
      values.add(reader.integer());
    }
    long last = values.isEmpty() ? 0 : values.get(values.size() - 1);
    String meaning =
        selected
            ? (values.size() > 1 ? values + ", selected is " : "") + EdhocWords.suite(last)
            : "supported: " + values;
    add(name, meaning, "RFC 9528, 3.6");
    return CipherSuites.standard().all().stream().filter(one -> one.value() == last).findFirst();
  }

  private void connectionId(String name) throws CborException, EdhocException {
    Bytes item = reader.item();
    ConnectionId id = ConnectionId.decode(item);
    add(name, EdhocWords.identifier(id.bytes()), "RFC 9528, 3.3");
  }

  private void ead(String name) throws CborException, EdhocException {
    while (!reader.isAtEnd()) {
      long label = reader.integer();
      Optional<Bytes> value =
          !reader.isAtEnd() && reader.kind() == CborKind.BYTES
              ? Optional.of(reader.bytes())
              : Optional.empty();
      add(name, ead(label, value), "RFC 9528, 3.8");
    }
  }

  private static String ead(long label, Optional<Bytes> value) {
    String octets = value.map(one -> CodeWords.octets(one.length())).orElse("no value");
    if (label == 0) {
      return "padding, " + octets;
    }
    return "label " + Math.abs(label) + (label < 0 ? ", critical, " : ", ") + octets;
  }

  private void message2(Optional<CipherSuite> suite) throws CborException, EdhocException {
    Bytes both = reader.bytes();
    reader.end();
    String reference = "RFC 9528, 5.3.1";
    if (suite.isEmpty()) {
      add(
          "G_Y, CIPHERTEXT_2",
          CodeWords.octets(both.length()) + "; with --suite it shows where G_Y ends",
          reference);
      return;
    }
    int split = suite.get().curve().octets();
    addHead(message.length() - both.length());
    Message2 unused = Message2.decode(message, suite.get());
    addOctets(split, "G_Y", EdhocWords.curve(suite.get().curve()), "RFC 9528, 3.7");
    addOctets(
        both.length() - split,
        "CIPHERTEXT_2",
        "encrypted: C_R, ID_CRED_R, Signature_or_MAC_2, EAD_2; with a shared key C_R, EAD_2",
        reference);
  }

  private void encrypted(String name, String inside, String section)
      throws CborException, EdhocException {
    Bytes content = reader.bytes();
    Message3 unused = Message3.decode(message);
    addHead(message.length() - content.length());
    addOctets(content.length(), name, "encrypted: " + inside, "RFC 9528, " + section);
  }

  private void addHead(int octets) {
    addOctets(
        octets,
        "head",
        "a byte string of " + (message.length() - octets) + " octets",
        "RFC 8949, 3");
  }

  private void error() throws CborException, EdhocException {
    long code = reader.integer();
    add("ERR_CODE", code(code), ERROR);
    if (code == 2) {
      var unused = suites("SUITES_R", false);
    } else {
      Bytes info = reader.item();
      add("ERR_INFO", info(code, info), ERROR);
    }
    EdhocError unused = EdhocError.decode(message);
  }

  private static String code(long code) {
    return switch ((int) code) {
      case 0 -> "0: success, which is never sent";
      case 1 -> "1: unspecified";
      case 2 -> "2: wrong selected cipher suite";
      case 3 -> "3: unknown credential referenced";
      default -> code + ": not known here";
    };
  }

  private static String info(long code, Bytes info) throws CborException {
    CborReader inner = new CborReader(info);
    return code == 1 && inner.kind() == CborKind.TEXT
        ? '"' + Printable.of(inner.text()) + '"'
        : CodeWords.octets(info.length());
  }

  /** What was read since the last field. */
  private void add(String name, String meaning, String reference) {
    addOctets(reader.position() - position, name, meaning, reference);
  }

  private void addOctets(int length, String name, String meaning, String reference) {
    Bytes octets = message.slice(position, position + length);
    fields.add(new Field(start + position, octets, name, meaning, reference));
    position += length;
  }
}
