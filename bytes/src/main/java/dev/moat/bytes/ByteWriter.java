package dev.moat.bytes;

import java.util.Arrays;

/** A growing big-endian output. Owned by one thread. */
public final class ByteWriter {
  private byte[] array;
  private int length;

  /** Starts empty; {@code expectedLength} octets fit without growing. */
  public ByteWriter(int expectedLength) {
    array = new byte[Math.max(16, expectedLength)];
  }

  /** Appends the low 8 bits of {@code octet}. */
  @CanIgnoreReturnValue
  public ByteWriter u8(int octet) {
    reserve(1);
    array[length++] = (byte) octet;
    return this;
  }

  /** Appends the low 16 bits of {@code value}. */
  @CanIgnoreReturnValue
  public ByteWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  /** Appends the low {@code octets} octets of {@code value}, most significant first. */
  @CanIgnoreReturnValue
  public ByteWriter uint(long value, int octets) {
    for (int i = octets - 1; i >= 0; i--) {
      u8((int) (value >>> (8 * i)));
    }
    return this;
  }

  /** Appends all of {@code bytes}. */
  @CanIgnoreReturnValue
  public ByteWriter bytes(Bytes bytes) {
    reserve(bytes.length());
    bytes.copyTo(array, length);
    length += bytes.length();
    return this;
  }

  /** Octets written so far. */
  public int length() {
    return length;
  }

  /** The octets written so far, copied. */
  public Bytes toBytes() {
    return Bytes.copyOf(array, 0, length);
  }

  private void reserve(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
    }
  }
}
