package dev.moat.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable run of octets, possibly a view of a larger array.
 *
 * <p>Equality compares content and is <em>not</em> constant-time: keep keys and tags in {@link
 * SecretBytes}.
 */
public final class Bytes implements Comparable<Bytes> {
  private static final byte[] NONE = new byte[0];
  private static final Bytes EMPTY = new Bytes(NONE, 0, 0);
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** The zero-length value. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** Octets given one by one; only the low 8 bits of each value are used. */
  public static Bytes of(int... octets) {
    byte[] copy = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      copy[i] = (byte) octets[i];
    }
    return owned(copy);
  }

  /** A copy of {@code source}. */
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : owned(source.clone());
  }

  /** A copy of {@code length} octets of {@code source} from {@code offset}. */
  public static Bytes copyOf(byte[] source, int offset, int length) {
    return length == 0 ? EMPTY : owned(Arrays.copyOfRange(source, offset, offset + length));
  }

  /** Takes {@code array} over without a copy; the caller must never write to it again. */
  public static Bytes owned(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /**
   * Takes a region of {@code array} over without a copy; the caller must never write to it again.
   */
  public static Bytes owned(byte[] array, int offset, int length) {
    if (offset < 0 || length < 0 || length > array.length - offset) {
      throw new IllegalArgumentException(
          "region " + offset + "+" + length + " lies outside an array of " + array.length);
    }
    return length == 0 ? EMPTY : new Bytes(array, offset, length);
  }

  /** The UTF-8 encoding of {@code text}. */
  public static Bytes utf8(String text) {
    return owned(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Decodes hexadecimal digits in either case, without separators.
   *
   * @throws IllegalArgumentException when a character is no hexadecimal digit or their number is
   *     odd
   */
  public static Bytes hex(String digits) {
    if (digits.length() % 2 != 0) {
      throw new IllegalArgumentException("an odd number of hexadecimal digits: " + digits.length());
    }
    byte[] decoded = new byte[digits.length() / 2];
    for (int i = 0; i < decoded.length; i++) {
      decoded[i] = (byte) ((nibble(digits, 2 * i) << 4) | nibble(digits, 2 * i + 1));
    }
    return owned(decoded);
  }

  /**
   * The shortest big-endian form of an unsigned value, zero octets for 0 (RFC 7252, Section 3.2,
   * uint).
   *
   * @throws IllegalArgumentException when {@code value} is negative
   */
  public static Bytes uint(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not an unsigned value: " + value);
    }
    int octets = (64 - Long.numberOfLeadingZeros(value) + 7) / 8;
    byte[] encoded = new byte[octets];
    for (int i = 0; i < octets; i++) {
      encoded[i] = (byte) (value >>> (8 * (octets - 1 - i)));
    }
    return owned(encoded);
  }

  private static int nibble(String digits, int index) {
    int value = Character.digit(digits.charAt(index), 16);
    if (value < 0 || digits.charAt(index) > 'f') {
      throw new IllegalArgumentException("not a hexadecimal digit at position " + index);
    }
    return value;
  }

  /** Number of octets. */
  public int length() {
    return length;
  }

  /** True when there are no octets. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The octet at {@code index}, as a value from 0 to 255. */
  public int at(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("index " + index + " of " + length + " octets");
    }
    return array[offset + index] & 0xff;
  }

  /**
   * A view of the octets from {@code start} (inclusive) to {@code end} (exclusive); nothing is
   * copied.
   */
  public Bytes slice(int start, int end) {
    if (start < 0 || end < start || end > length) {
      throw new IndexOutOfBoundsException(start + ".." + end + " of " + length + " octets");
    }
    return start == end ? EMPTY : new Bytes(array, offset + start, end - start);
  }

  /** This value followed by {@code other}, in a new array. */
  public Bytes plus(Bytes other) {
    byte[] joined = Arrays.copyOf(toArray(), length + other.length);
    System.arraycopy(other.array, other.offset, joined, length, other.length);
    return owned(joined);
  }

  /**
   * A value that shares no array with a larger one, so that keeping it keeps nothing else alive.
   */
  public Bytes compact() {
    return array.length == length ? this : copyOf(array, offset, length);
  }

  /**
   * The octets as a big-endian unsigned integer; leading zero octets are accepted (RFC 7252,
   * Section 3.2).
   *
   * @throws IllegalArgumentException when the value needs more than 63 bits
   */
  public long toUint() {
    long value = 0;
    for (int i = 0; i < length; i++) {
      if (value > Long.MAX_VALUE >>> 8) {
        throw new IllegalArgumentException("an unsigned integer above 63 bits");
      }
      value = (value << 8) | at(i);
    }
    return value;
  }

  /** The octets read as UTF-8; malformed sequences become U+FFFD. */
  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /**
   * True when the octets are well-formed UTF-8 (RFC 3629, Section 4): no overlong forms, no
   * surrogates.
   */
  public boolean isUtf8() {
    int index = 0;
    while (index < length) {
      int octets = utf8Sequence(index);
      if (octets == 0) {
        return false;
      }
      index += octets;
    }
    return true;
  }

  /** Octets of the UTF-8 sequence at {@code index}, 0 when it is malformed. */
  private int utf8Sequence(int index) {
    int first = at(index);
    if (first < 0x80) {
      return 1;
    }
    int octets = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || index + octets > length) {
      return 0;
    }
    for (int i = 1; i < octets; i++) {
      if ((at(index + i) & 0xc0) != 0x80) {
        return 0;
      }
    }
    return isUtf8Pair(first, at(index + 1)) ? octets : 0;
  }

  /** The second octet excludes what is overlong, a surrogate or beyond U+10FFFF. */
  private static boolean isUtf8Pair(int first, int second) {
    return switch (first) {
      case 0xe0 -> second >= 0xa0;
      case 0xed -> second < 0xa0;
      case 0xf0 -> second >= 0x90;
      case 0xf4 -> second < 0x90;
      default -> true;
    };
  }

  /** Lower-case hexadecimal digits. */
  public String toHex() {
    char[] digits = new char[2 * length];
    for (int i = 0; i < length; i++) {
      digits[2 * i] = HEX[at(i) >> 4];
      digits[2 * i + 1] = HEX[at(i) & 15];
    }
    return new String(digits);
  }

  /** A copy of the octets. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** Copies all octets to {@code target} from {@code targetOffset}. */
  public void copyTo(byte[] target, int targetOffset) {
    System.arraycopy(array, offset, target, targetOffset, length);
  }

  /** A read-only buffer over the octets; nothing is copied. */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** Lexicographic order of unsigned octets; a prefix comes first. */
  @Override
  public int compareTo(Bytes that) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  /** Hexadecimal digits: for values that are not secret. */
  @Override
  public String toString() {
    return toHex();
  }
}
