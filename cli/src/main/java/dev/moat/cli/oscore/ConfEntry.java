package dev.moat.cli.oscore;

import dev.moat.bytes.Bytes;
import dev.moat.cli.file.Place;
import java.nio.charset.StandardCharsets;

/**
 * One setting of an oscore_conf file: {@code keyword,encoding,value}.
 *
 * @param place where it stands
 * @param encoding how the value is written
 * @param value the value without quotes
 */
record ConfEntry(Place place, String encoding, String value) {
  private static final String WRITE_OCTETS = "Write for instance: ";

  String keyword() {
    return place.keyword();
  }

  /** The octets of a {@code hex} or {@code ascii} value. */
  Bytes octets() {
    return switch (encoding) {
      case "hex" -> hex();
      case "ascii" -> ascii();
      default ->
          throw wrongEncoding(
              "hex or ascii", keyword() + ",hex,\"0102\" or " + keyword() + ",ascii,\"ab\"");
    };
  }

  private Bytes hex() {
    if (value.length() % 2 != 0) {
      throw place.refuse(
          "has an odd number of hexadecimal digits: " + value.length(),
          "Two digits make an octet.");
    }
    if (!value.matches("[0-9a-fA-F]*")) {
      throw place.refuse(
          "has characters that are no hexadecimal digits",
          "Use 0-9 and a-f only, without 0x, blanks or colons; or use the encoding ascii.");
    }
    return Bytes.hex(value);
  }

  private Bytes ascii() {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(value)) {
      throw place.refuse("has characters that are not ASCII", "Use the encoding hex instead.");
    }
    return Bytes.utf8(value);
  }

  /** An {@code integer} within a range. */
  int integer(int least, int most) {
    if (!encoding.equals("integer")) {
      throw wrongEncoding("integer", keyword() + ",integer," + least);
    }
    int number = value.matches("-?[0-9]{1,9}") ? Integer.parseInt(value) : Integer.MIN_VALUE;
    if (number < least || number > most) {
      throw place.refuse(
          "takes an integer from " + least + " to " + most + ", not '" + value + "'",
          "Correct the value.");
    }
    return number;
  }

  /** A {@code bool}. */
  boolean bool() {
    if (!encoding.equals("bool")) {
      throw wrongEncoding("bool", keyword() + ",bool,true");
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw place.refuse("takes true or false, not '" + value + "'", "Correct the value.");
    };
  }

  /** An {@code integer} or a {@code text}, which names something. */
  String name() {
    if (!encoding.equals("integer") && !encoding.equals("text")) {
      throw wrongEncoding("integer or text", keyword() + ",integer,10");
    }
    return value;
  }

  private RuntimeException wrongEncoding(String wanted, String example) {
    return place.refuse(
        "takes the encoding " + wanted + ", not '" + encoding + "'", WRITE_OCTETS + example);
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return "ConfEntry[" + place + "]";
  }
}
