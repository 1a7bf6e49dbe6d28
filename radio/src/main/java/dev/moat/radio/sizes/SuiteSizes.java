package dev.moat.radio.sizes;

import java.util.Map;

/**
 * What a cipher suite means for sizes (RFC 9528, section 10.2), in octets.
 *
 * @param mac of a MAC_x where the peer authenticates by static Diffie-Hellman
 * @param tag of the AEAD
 * @param signature where the peer signs
 * @param share the ephemeral public key G_X or G_Y
 */
public record SuiteSizes(int mac, int tag, int signature, int share) {
  private static final SuiteSizes SHORT_TAG = new SuiteSizes(8, 8, 64, 32);
  private static final SuiteSizes LONG_TAG = new SuiteSizes(16, 16, 64, 32);
  private static final Map<Integer, SuiteSizes> BY_NUMBER =
      Map.of(
          0, SHORT_TAG,
          1, LONG_TAG,
          2, SHORT_TAG,
          3, LONG_TAG,
          4, LONG_TAG,
          5, LONG_TAG,
          6, LONG_TAG,
          24, new SuiteSizes(16, 16, 96, 48),
          25, new SuiteSizes(16, 16, 114, 56));

  /**
   * The sizes of a registered suite.
   *
   * @throws IllegalArgumentException when RFC 9528 registers none of this number
   */
  public static SuiteSizes of(int suite) {
    SuiteSizes sizes = BY_NUMBER.get(suite);
    if (sizes == null) {
      throw new IllegalArgumentException("RFC 9528 registers no cipher suite " + suite);
    }
    return sizes;
  }
}
