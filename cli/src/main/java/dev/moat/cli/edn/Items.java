package dev.moat.cli.edn;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import java.util.List;
import java.util.Optional;

/** The kinds of items, maps apart. */
final class Items {
  private Items() {}

  /** An integer. */
  record Whole(long value) implements Item {
    @Override
    public Optional<Long> integer() {
      return Optional.of(value);
    }

    @Override
    public void encode(CborWriter writer) {
      writer.integer(value);
    }

    @Override
    public void print(EdnWriter writer) {
      writer.number(value);
    }

    @Override
    public String toString() {
      return "a number";
    }
  }

  /** A byte string. */
  record Octets(Bytes value) implements Item {
    @Override
    public Optional<Bytes> octets() {
      return Optional.of(value);
    }

    @Override
    public void encode(CborWriter writer) {
      writer.bytes(value);
    }

    @Override
    public void print(EdnWriter writer) {
      writer.octets(value);
    }

    @Override
    public String toString() {
      return "a byte string";
    }
  }

  /** A text string. */
  record Text(String value) implements Item {
    @Override
    public Optional<String> text() {
      return Optional.of(value);
    }

    @Override
    public void encode(CborWriter writer) {
      writer.text(value);
    }

    @Override
    public void print(EdnWriter writer) {
      writer.text(value);
    }

    @Override
    public String toString() {
      return "a text";
    }
  }

  /** False or true. */
  record Flag(boolean value) implements Item {
    @Override
    public Optional<Boolean> flag() {
      return Optional.of(value);
    }

    @Override
    public void encode(CborWriter writer) {
      writer.bool(value);
    }

    @Override
    public void print(EdnWriter writer) {
      writer.word(Boolean.toString(value));
    }
  }

  /** Null. */
  enum Nothing implements Item {
    /** The only one. */
    NULL;

    @Override
    public boolean isNothing() {
      return true;
    }

    @Override
    public void encode(CborWriter writer) {
      writer.nothing();
    }

    @Override
    public void print(EdnWriter writer) {
      writer.word("null");
    }
  }

  /** An array. */
  record Array(List<Item> items) implements Item {
    Array {
      items = List.copyOf(items);
    }

    @Override
    public Optional<List<Item>> array() {
      return Optional.of(items);
    }

    @Override
    public void encode(CborWriter writer) {
      writer.array(items.size());
      items.forEach(item -> item.encode(writer));
    }

    @Override
    public void print(EdnWriter writer) {
      writer.array(items);
    }

    @Override
    public String toString() {
      return "an array";
    }
  }

  /** A tagged item. */
  record Tagged(long tag, Item content) implements Item {
    @Override
    public void encode(CborWriter writer) {
      content.encode(writer.tag(tag));
    }

    @Override
    public void print(EdnWriter writer) {
      writer.tagged(tag, content);
    }

    @Override
    public String toString() {
      return "a tagged item";
    }
  }
}
