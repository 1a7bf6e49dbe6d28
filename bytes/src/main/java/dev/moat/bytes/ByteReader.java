package dev.moat.bytes;

/**
 * A big-endian cursor over {@link Bytes}. Owned by one thread.
 *
 * <p>Every read checks its bounds first and throws {@link IndexOutOfBoundsException}; parsers ask
 * {@link #remaining()} and report their own reason instead.
 */
public final class ByteReader {
  private final Bytes source;
  private int position;

  /** Starts at the first octet of {@code source}. */
  public ByteReader(Bytes source) {
    this.source = source;
  }

  /** Octets not yet read. */
  public int remaining() {
    return source.length() - position;
  }

  /** Index of the next octet. */
  public int position() {
    return position;
  }

  /** The next octet, 0 to 255, without moving. */
  public int peek() {
    return source.at(position);
  }

  /** Reads one octet, 0 to 255. */
  @CanIgnoreReturnValue
  public int u8() {
    int octet = source.at(position);
    position++;
    return octet;
  }

  /** Reads two octets, 0 to 65535. */
  @CanIgnoreReturnValue
  public int u16() {
    return (int) uint(2);
  }

  /** Reads {@code octets} octets, at most 8, as one value; 8 octets may come out negative. */
  @CanIgnoreReturnValue
  public long uint(int octets) {
    long value = 0;
    Bytes taken = bytes(octets);
    for (int i = 0; i < octets; i++) {
      value = (value << 8) | taken.at(i);
    }
    return value;
  }

  /** Reads {@code length} octets as a view of the source. */
  @CanIgnoreReturnValue
  public Bytes bytes(int length) {
    Bytes taken = source.slice(position, position + length);
    position += length;
    return taken;
  }

  /** Reads all that is left as a view of the source. */
  @CanIgnoreReturnValue
  public Bytes rest() {
    return bytes(remaining());
  }
}
