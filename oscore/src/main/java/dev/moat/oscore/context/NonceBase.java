package dev.moat.oscore.context;

import dev.moat.bytes.Bytes;

/**
 * The part of the nonces that one endpoint generates which no message changes (RFC 8613, Section
 * 5.2): the Common IV, with the ID and its length mixed in. Immutable.
 */
public final class NonceBase {
  private static final int PARTIAL_IV_OCTETS = 5;

  private final byte[] base;

  /**
   * The base of the endpoint called {@code id}.
   *
   * @throws IllegalArgumentException when the ID does not fit a nonce as long as {@code commonIv}
   */
  public NonceBase(Bytes commonIv, Bytes id) {
    int idEnd = commonIv.length() - PARTIAL_IV_OCTETS;
    if (id.length() > idEnd - 1) {
      throw new IllegalArgumentException(
          "an ID of " + id.length() + " octets in a nonce of " + commonIv.length());
    }
    base = commonIv.toArray();
    base[0] ^= (byte) id.length();
    for (int i = 0; i < id.length(); i++) {
      base[idEnd - id.length() + i] ^= (byte) id.at(i);
    }
  }

  /** Length of the nonces in octets. */
  public int nonceOctets() {
    return base.length;
  }

  /** Writes the nonce of a Partial IV, 0 to 2^40-1, over all of {@code nonce}. */
  public void write(long partialIv, byte[] nonce) {
    System.arraycopy(base, 0, nonce, 0, base.length);
    for (int i = 0; i < PARTIAL_IV_OCTETS; i++) {
      nonce[base.length - 1 - i] ^= (byte) (partialIv >>> (8 * i));
    }
  }
}
