package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CaptureException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/** Reads a file forward, counting octets, so that every error can tell the place. */
final class CaptureInput {
  private static final int CHUNK = 8192;

  private final InputStream stream;
  private final long maxOctets;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private long position;

  /** Reads {@code stream}, at most {@code maxOctets} of it; closing it is left to the caller. */
  CaptureInput(InputStream stream, long maxOctets) {
    this.stream = stream;
    this.maxOctets = maxOctets;
  }

  /** How numbers of more than one octet are written from here on. */
  void order(ByteOrder fromHere) {
    order = fromHere;
  }

  /** The number of octets read so far. */
  long position() {
    return position;
  }

  /**
   * Reads octets that may be missing.
   *
   * @return {@code length} octets, or nothing at the end of the file
   * @throws CaptureException {@link Reason#TRUNCATED} when there are some, but fewer
   */
  Bytes octetsOrEnd(String what, int length) throws CaptureException {
    Bytes read = read(what, length);
    if (!read.isEmpty() && read.length() < length) {
      throw truncated(what, read.length(), length);
    }
    return read;
  }

  /**
   * Reads octets that must be there.
   *
   * @throws CaptureException {@link Reason#TRUNCATED} when the file ends before
   */
  Bytes octets(String what, int length) throws CaptureException {
    Bytes read = read(what, length);
    if (read.length() < length) {
      throw truncated(what, read.length(), length);
    }
    return read;
  }

  /** Passes over octets that must be there; as {@link #octets}, without keeping them. */
  void skip(String what, long length) throws CaptureException {
    long left = length;
    while (left > 0) {
      int step = (int) Math.min(left, CHUNK);
      int read = read(what, step).length();
      if (read < step) {
        throw truncated(what, length - left + read, length);
      }
      left -= step;
    }
  }

  /** The 32-bit value at {@code index} of what was read, in the order of the file. */
  long u32(Bytes octets, int index) {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      int at = order == ByteOrder.BIG_ENDIAN ? index + i : index + 3 - i;
      value = value << 8 | octets.at(at);
    }
    return value;
  }

  /** The 16-bit value at {@code index} of what was read, in the order of the file. */
  int u16(Bytes octets, int index) {
    int first = octets.at(index);
    int second = octets.at(index + 1);
    return order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
  }

  private Bytes read(String what, int length) throws CaptureException {
    try {
      byte[] read = stream.readNBytes(length);
      position += read.length;
      if (position > maxOctets) {
        throw new CaptureException(
            Reason.TOO_LARGE, what, "the file has more than " + maxOctets + " octets");
      }
      return Bytes.owned(read);
    } catch (IOException e) {
      throw new CaptureException(e);
    }
  }

  private CaptureException truncated(String what, long there, long wanted) {
    return new CaptureException(
        Reason.TRUNCATED,
        what,
        "the file ends at octet " + position + ", after " + there + " of " + wanted + " octets");
  }
}
