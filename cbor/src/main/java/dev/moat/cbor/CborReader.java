package dev.moat.cbor;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.cbor.CborException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A strict cursor over deterministic CBOR. Owned by one thread.
 *
 * <p>Containers are entered by {@link #array()}, {@link #map()} and {@link #tag()} and left by
 * reading all that is in them; map keys are checked for order and repetition on the way. One reader
 * may read a sequence (RFC 8742); call {@link #end()} behind the last item. After an exception the
 * position is undefined.
 */
public final class CborReader {
  /** The least argument that deserves 1, 2, 4 and 8 octets (RFC 8949, Section 4.2.1). */
  private static final long[] LEAST = {24, 1L << 8, 1L << 16, 1L << 32};

  private final Bytes source;
  private final Frame[] frames;
  private int depth;
  private int position;

  /**
   * Reads {@code source} within {@link CborLimits#DEFAULT}.
   *
   * @throws CborException with TOO_LARGE
   */
  public CborReader(Bytes source) throws CborException {
    this(source, CborLimits.DEFAULT);
  }

  /**
   * Reads {@code source}.
   *
   * @throws CborException with TOO_LARGE
   */
  public CborReader(Bytes source, CborLimits limits) throws CborException {
    if (source.length() > limits.maxOctets()) {
      throw new CborException(Reason.TOO_LARGE, limits.maxOctets());
    }
    this.source = source;
    this.frames = new Frame[limits.maxDepth()];
  }

  /** True when every octet was read. */
  public boolean isAtEnd() {
    return position == source.length();
  }

  /** Octets read so far. */
  public int position() {
    return position;
  }

  /** Refuses octets that were not read, and containers that were not read to their end. */
  public void end() throws CborException {
    if (depth > 0) {
      throw new CborException(Reason.TRUNCATED, position);
    }
    if (!isAtEnd()) {
      throw new CborException(Reason.TRAILING_OCTETS, position);
    }
  }

  /** The kind of the next item, without moving. */
  public CborKind kind() throws CborException {
    if (isAtEnd()) {
      throw new CborException(Reason.TRUNCATED, position);
    }
    return CborKind.of(source.at(position));
  }

  /** Reads an integer of either sign. */
  public long integer() throws CborException {
    boolean negative = kind() == CborKind.NEGATIVE;
    if (!negative) {
      expect(CborKind.UNSIGNED);
    }
    int start = position;
    long argument = head();
    if (argument < 0) {
      throw new CborException(Reason.INTEGER_RANGE, start);
    }
    completed();
    return negative ? -1 - argument : argument;
  }

  /** Reads a byte string as a view of the input. */
  public Bytes bytes() throws CborException {
    expect(CborKind.BYTES);
    return string();
  }

  /** Reads a text string. */
  public String text() throws CborException {
    return utf8().toUtf8();
  }

  @CanIgnoreReturnValue
  private Bytes utf8() throws CborException {
    expect(CborKind.TEXT);
    int start = position;
    Bytes text = string();
    if (!text.isUtf8()) {
      throw new CborException(Reason.NOT_UTF8, start);
    }
    return text;
  }

  @CanIgnoreReturnValue
  private Bytes string() throws CborException {
    int start = position;
    long length = head();
    if (Long.compareUnsigned(length, source.length() - position) > 0) {
      throw new CborException(Reason.TRUNCATED, start);
    }
    Bytes content = source.slice(position, position + (int) length);
    position += (int) length;
    completed();
    return content;
  }

  /** Enters an array and tells how many items follow. */
  public int array() throws CborException {
    expect(CborKind.ARRAY);
    return open(1);
  }

  /** Enters a map and tells how many pairs of key and value follow. */
  public int map() throws CborException {
    expect(CborKind.MAP);
    return open(2);
  }

  /** Reads a tag number; the tagged item follows. */
  public long tag() throws CborException {
    expect(CborKind.TAG);
    int start = position;
    long number = head();
    if (number < 0) {
      throw new CborException(Reason.INTEGER_RANGE, start);
    }
    push(1, false, start);
    return number;
  }

  /** Reads false or true. */
  public boolean bool() throws CborException {
    expect(CborKind.BOOL);
    boolean value = head() == 21;
    completed();
    return value;
  }

  /** Reads null. */
  public void nothing() throws CborException {
    expect(CborKind.NULL);
    simpleValue();
  }

  /** Reads a simple value other than false, true and null: 23 is undefined. */
  public int simple() throws CborException {
    expect(CborKind.SIMPLE);
    return simpleValue();
  }

  @CanIgnoreReturnValue
  private int simpleValue() throws CborException {
    int start = position;
    int value = (int) head();
    if (value >= 24 && value < 32) {
      throw new CborException(Reason.BAD_SIMPLE_VALUE, start);
    }
    completed();
    return value;
  }

  /** Reads any one item with all that is in it and checks it as strictly as the typed methods. */
  public void skip() throws CborException {
    int level = depth;
    do {
      step();
    } while (depth > level);
  }

  /** Reads any one item and returns its encoding as a view of the input. */
  public Bytes item() throws CborException {
    int start = position;
    skip();
    return source.slice(start, position);
  }

  private void step() throws CborException {
    switch (kind()) {
      case UNSIGNED, NEGATIVE, BOOL -> {
        head();
        completed();
      }
      case BYTES -> string();
      case TEXT -> utf8();
      case ARRAY -> open(1);
      case MAP -> open(2);
      case TAG -> {
        int start = position;
        head();
        push(1, false, start);
      }
      case NULL, SIMPLE -> simpleValue();
      case FLOAT -> throw new CborException(Reason.FLOATING_POINT, position);
    }
  }

  private void expect(CborKind kind) throws CborException {
    if (kind() != kind) {
      throw new CborException(Reason.UNEXPECTED_ITEM, position);
    }
  }

  /** Reads the initial octet and the argument, as unsigned 64 bits (RFC 8949, Section 3). */
  @CanIgnoreReturnValue
  private long head() throws CborException {
    int start = position;
    if (depth > 0) {
      frame().itemStart = start;
    }
    int information = source.at(position++) & 31;
    if (information < 24) {
      return information;
    }
    if (information > 27) {
      throw new CborException(
          information == 31 ? Reason.INDEFINITE_LENGTH : Reason.RESERVED_INFORMATION, start);
    }
    int octets = 1 << (information - 24);
    if (octets > source.length() - position) {
      throw new CborException(Reason.TRUNCATED, start);
    }
    long argument = 0;
    for (int i = 0; i < octets; i++) {
      argument = (argument << 8) | source.at(position++);
    }
    if (Long.compareUnsigned(argument, LEAST[information - 24]) < 0) {
      throw new CborException(Reason.NOT_SHORTEST, start);
    }
    return argument;
  }

  @CanIgnoreReturnValue
  private int open(int itemsPerEntry) throws CborException {
    int start = position;
    long entries = head();
    // Each item has at least one octet: an announced count never costs more memory than the input.
    int room = (source.length() - position) / itemsPerEntry;
    if (Long.compareUnsigned(entries, room) > 0) {
      throw new CborException(Reason.TRUNCATED, start);
    }
    if (entries == 0) {
      completed();
    } else {
      push((int) entries * itemsPerEntry, itemsPerEntry == 2, start);
    }
    return (int) entries;
  }

  private void push(int items, boolean map, int start) throws CborException {
    if (depth == frames.length) {
      throw new CborException(Reason.TOO_DEEP, start);
    }
    frames[depth++] = new Frame(items, map);
  }

  private Frame frame() {
    return frames[depth - 1];
  }

  /** Closes an item, and every container of which it was the last. */
  private void completed() throws CborException {
    boolean open = false;
    while (depth > 0 && !open) {
      Frame frame = frame();
      frame.completed(source, position);
      open = frame.left > 0;
      depth -= open ? 0 : 1;
    }
  }

  /** One open container. */
  private static final class Frame {
    private final boolean map;
    private int left;
    private int itemStart;
    private @Nullable Bytes previousKey;

    private Frame(int items, boolean map) {
      this.left = items;
      this.map = map;
    }

    private void completed(Bytes source, int end) throws CborException {
      // Keys and values take turns, and their number is even.
      if (map && left % 2 == 0) {
        Bytes key = source.slice(itemStart, end);
        int order = previousKey == null ? -1 : previousKey.compareTo(key);
        if (order >= 0) {
          throw new CborException(
              order == 0 ? Reason.DUPLICATE_KEY : Reason.UNORDERED_KEYS, itemStart);
        }
        previousKey = key;
      }
      left--;
    }
  }
}
