package dev.moat.cbor;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import java.util.function.Consumer;

/**
 * Writes deterministic CBOR (RFC 8949, Section 4.2.1), one item or a sequence. Owned by one thread.
 */
public final class CborWriter {
  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int SIMPLE = 7;

  private final ByteWriter out = new ByteWriter(64);

  /** Starts empty. */
  public CborWriter() {}

  /** The encoding of one integer, such as a map key. */
  static Bytes encodedInteger(long value) {
    return new CborWriter().integer(value).toBytes();
  }

  /** The encoding of one text string, such as a map key. */
  static Bytes encodedText(String value) {
    return new CborWriter().text(value).toBytes();
  }

  /** Writes an integer of either sign. */
  @CanIgnoreReturnValue
  public CborWriter integer(long value) {
    return value < 0 ? head(NEGATIVE, -1 - value) : head(UNSIGNED, value);
  }

  /** Writes a byte string. */
  @CanIgnoreReturnValue
  public CborWriter bytes(Bytes value) {
    return head(BYTES, value.length()).encoded(value);
  }

  /** Writes a text string; an unpaired surrogate is written as a question mark. */
  @CanIgnoreReturnValue
  public CborWriter text(String value) {
    Bytes octets = Bytes.utf8(value);
    return head(TEXT, octets.length()).encoded(octets);
  }

  /** Begins an array; the caller writes {@code items} items next. */
  @CanIgnoreReturnValue
  public CborWriter array(int items) {
    return head(ARRAY, requireLength(items));
  }

  /** Writes a map; {@code entries} puts keys and values in any order. */
  @CanIgnoreReturnValue
  public CborWriter map(Consumer<CborMapWriter> entries) {
    CborMapWriter map = new CborMapWriter();
    entries.accept(map);
    head(MAP, map.size());
    map.writeTo(this);
    return this;
  }

  /** Writes a tag; the caller writes the tagged item next. */
  @CanIgnoreReturnValue
  public CborWriter tag(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a tag number is not negative: " + number);
    }
    return head(TAG, number);
  }

  /** Writes false or true. */
  @CanIgnoreReturnValue
  public CborWriter bool(boolean value) {
    return head(SIMPLE, value ? 21 : 20);
  }

  /** Writes null. */
  @CanIgnoreReturnValue
  public CborWriter nothing() {
    return head(SIMPLE, 22);
  }

  /**
   * Writes a simple value; 23 is undefined.
   *
   * @throws IllegalArgumentException when it is not 0 to 23 or 32 to 255
   */
  @CanIgnoreReturnValue
  public CborWriter simple(int value) {
    if (value < 0 || value > 255 || (value > 23 && value < 32)) {
      throw new IllegalArgumentException("no simple value: " + value);
    }
    return head(SIMPLE, value);
  }

  /** Writes octets that are encoded already. */
  @CanIgnoreReturnValue
  public CborWriter encoded(Bytes item) {
    out.bytes(item);
    return this;
  }

  /** All that was written, copied. */
  public Bytes toBytes() {
    return out.toBytes();
  }

  private static int requireLength(int items) {
    if (items < 0) {
      throw new IllegalArgumentException("a length is not negative: " + items);
    }
    return items;
  }

  /** The initial octet and the argument in their shortest form (RFC 8949, Section 3). */
  @CanIgnoreReturnValue
  private CborWriter head(int major, long argument) {
    int type = major << 5;
    if (argument < 24) {
      out.u8(type | (int) argument);
    } else if (argument < 1L << 8) {
      out.u8(type | 24).uint(argument, 1);
    } else if (argument < 1L << 16) {
      out.u8(type | 25).uint(argument, 2);
    } else if (argument < 1L << 32) {
      out.u8(type | 26).uint(argument, 4);
    } else {
      out.u8(type | 27).uint(argument, 8);
    }
    return this;
  }
}
