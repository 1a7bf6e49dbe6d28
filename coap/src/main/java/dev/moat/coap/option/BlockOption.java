package dev.moat.coap.option;

import dev.moat.bytes.Bytes;

/**
 * The value of Block1 and Block2: NUM, M and SZX (RFC 7959, Section 2.2).
 *
 * @param number the block number, 0 to 2^20 - 1
 * @param more true when more blocks follow
 * @param sizeExponent SZX, 0 to 6; 7 (BERT) belongs to reliable transports (RFC 8323, Section 6)
 */
public record BlockOption(int number, boolean more, int sizeExponent) {
  /** The longest option value. */
  public static final int MAX_OCTETS = 3;

  /** SZX of a BERT block: any number of blocks of 1024 octets (RFC 8323, Section 6). */
  public static final int BERT_EXPONENT = 7;

  /** The largest block number. */
  public static final int MAX_NUMBER = (1 << 20) - 1;

  /** Checks the ranges. */
  public BlockOption {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("block number " + number + " needs more than 20 bits");
    }
    if (sizeExponent < 0 || sizeExponent > 7) {
      throw new IllegalArgumentException("SZX " + sizeExponent + " is not 0 to 7");
    }
  }

  /**
   * Reads an option value of 0 to 3 octets.
   *
   * @throws IllegalArgumentException when it is longer
   */
  public static BlockOption parse(Bytes value) {
    if (value.length() > MAX_OCTETS) {
      throw new IllegalArgumentException("a block option of " + value.length() + " octets");
    }
    int raw = (int) value.toUint();
    return new BlockOption(raw >>> 4, (raw & 8) != 0, raw & 7);
  }

  /** The option value in its shortest form, 0 to 3 octets. */
  public Bytes value() {
    return Bytes.uint(((long) number << 4) | (more ? 8 : 0) | sizeExponent);
  }

  /** The block size in octets, 16 to 1024; BERT blocks count as 1024. */
  public int sizeOctets() {
    return 16 << Math.min(sizeExponent, 6);
  }

  /**
   * True when a block of {@code lengthOctets} cannot have this option: a block is as long as its
   * SZX says, and only the last one may be shorter (RFC 7959, Section 2.2). A BERT block is as long
   * as several of 1024 octets, and the last one of any length (RFC 8323, Section 6).
   */
  public boolean contradicts(int lengthOctets) {
    if (sizeExponent == BERT_EXPONENT) {
      return more && (lengthOctets == 0 || lengthOctets % sizeOctets() != 0);
    }
    return more ? lengthOctets != sizeOctets() : lengthOctets > sizeOctets();
  }

  /** Position of the block's first octet in the body. */
  public long offsetOctets() {
    return (long) number * sizeOctets();
  }
}
