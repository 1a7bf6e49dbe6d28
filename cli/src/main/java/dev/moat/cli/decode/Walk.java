package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A walk through the octets of one message, from field to field. */
final class Walk {
  private final Bytes message;
  private final List<Field> fields = new ArrayList<>();
  private int position;

  Walk(Bytes message) {
    this.message = message;
  }

  /** The fields so far. */
  List<Field> fields() {
    return fields;
  }

  /** Where the walk stands. */
  int position() {
    return position;
  }

  /** Octets that are left. */
  int left() {
    return message.length() - position;
  }

  /** True at the end, or before the octet {@code value}. */
  boolean isAtEndOr(int value) {
    return left() == 0 || message.at(position) == value;
  }

  /** The octet at the position. */
  int octet() {
    return message.at(position);
  }

  /** The next octets as a number, without a step. */
  long peek(int octets) {
    return next(octets).toUint();
  }

  /** The next octets, without a step. */
  Bytes next(int octets) {
    return message.slice(position, position + octets);
  }

  /** Takes the next octets as one field. */
  void add(int length, String name, String meaning, String reference) {
    fields.add(new Field(position, next(length), name, meaning, reference));
    position += length;
  }

  /** Adds fields that divide what was taken already. */
  void divide(List<Field> parts) {
    fields.addAll(parts);
  }

  /** Breaks off when fewer octets are left. */
  void need(int octets, String sentence, String reference) throws Broken {
    if (left() < octets) {
      throw new Broken(
          position,
          sentence + ", but only " + left() + (left() == 1 ? " is" : " are") + " left",
          reference);
    }
  }
}
