package dev.moat.cli.edn;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import java.util.List;
import java.util.Optional;

/**
 * One CBOR data item that was read from a file or is to be written to one. Whoever expects a kind
 * of item asks for it; the answer is empty for every other kind. The content is no part of what an
 * item prints in messages: it may be a secret.
 */
public interface Item {
  /** The integer. */
  default Optional<Long> integer() {
    return Optional.empty();
  }

  /** The byte string, also in the forms that JSON needs. */
  default Optional<Bytes> octets() {
    return Optional.empty();
  }

  /** The text. */
  default Optional<String> text() {
    return Optional.empty();
  }

  /** False or true. */
  default Optional<Boolean> flag() {
    return Optional.empty();
  }

  /** The items of an array. */
  default Optional<List<Item>> array() {
    return Optional.empty();
  }

  /** The map. */
  default Optional<Table> table() {
    return Optional.empty();
  }

  /** True for null. */
  default boolean isNothing() {
    return false;
  }

  /** Writes the item as deterministic CBOR. */
  void encode(CborWriter writer);

  /** Writes the item as text. */
  void print(EdnWriter writer);

  /** The item as deterministic CBOR. */
  default Bytes encoded() {
    CborWriter writer = new CborWriter();
    encode(writer);
    return writer.toBytes();
  }

  /** An integer. */
  static Item of(long value) {
    return new Items.Whole(value);
  }

  /** A byte string. */
  static Item of(Bytes value) {
    return new Items.Octets(value);
  }

  /** A text string. */
  static Item of(String value) {
    return new Items.Text(value);
  }

  /** False or true. */
  static Item of(boolean value) {
    return new Items.Flag(value);
  }

  /** An array. */
  static Item of(List<Item> items) {
    return new Items.Array(items);
  }

  /** Null. */
  static Item nothing() {
    return Items.Nothing.NULL;
  }

  /** A tagged item. */
  static Item tagged(long tag, Item content) {
    return new Items.Tagged(tag, content);
  }
}
