package dev.moat.engine.block;

import dev.moat.coap.option.Options;
import dev.moat.engine.stream.MessageRoom;

/** Block sizes and their exponents (RFC 7959, Section 2.2). */
public final class BlockSizes {
  /** SZX 6: 1024 octets. */
  public static final int LARGEST_EXPONENT = 6;

  /** SZX 7: BERT over reliable transports (RFC 8323, Section 6), reserved elsewhere. */
  public static final int RESERVED_EXPONENT = 7;

  private BlockSizes() {}

  /**
   * The SZX of a block size.
   *
   * @throws IllegalArgumentException when {@code octets} is not a power of two from 16 to 1024
   */
  public static int exponentOf(int octets) {
    if (octets < 16 || octets > 1024 || Integer.bitCount(octets) != 1) {
      throw new IllegalArgumentException(
          "a block size is 16, 32, 64, 128, 256, 512 or 1024 octets, not " + octets);
    }
    return Integer.numberOfTrailingZeros(octets) - 4;
  }

  /**
   * The octets of a block with {@code exponent}, 16 to 1024; of BERT blocks those that their
   * numbers count.
   */
  public static int octetsOf(int exponent) {
    return 16 << Math.min(exponent, LARGEST_EXPONENT);
  }

  /**
   * The SZX of blocks beside {@code options} in a room: at most {@code preferred}, BERT when {@code
   * preferred} is the largest and both ends do BERT, and smaller when the room is.
   */
  public static int exponentWithin(MessageRoom room, Options options, int preferred) {
    if (preferred >= LARGEST_EXPONENT && room.sendsBert() && room.bertOctets(options) > 0) {
      return RESERVED_EXPONENT;
    }
    int wanted = Math.min(preferred, LARGEST_EXPONENT);
    return Math.min(wanted, largestWithin(room.payloadOctets(options)));
  }

  /** The largest SZX whose block is not longer than {@code octets}; 0 when none is that small. */
  public static int largestWithin(int octets) {
    int exponent = LARGEST_EXPONENT;
    while (exponent > 0 && octetsOf(exponent) > octets) {
      exponent--;
    }
    return exponent;
  }
}
