package dev.moat.cose;

import dev.moat.crypto.AeadAlgorithm;
import java.util.Optional;

/** The identifiers of the COSE Algorithms registry (RFC 9053, Section 4). */
public final class CoseAlgorithms {
  private CoseAlgorithms() {}

  /** The identifier of an AEAD algorithm. */
  public static int idOf(AeadAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_GCM_128 -> 1;
      case AES_GCM_192 -> 2;
      case AES_GCM_256 -> 3;
      case AES_CCM_16_64_128 -> 10;
      case AES_CCM_16_64_256 -> 11;
      case AES_CCM_64_64_128 -> 12;
      case AES_CCM_64_64_256 -> 13;
      case CHACHA20_POLY1305 -> 24;
      case AES_CCM_16_128_128 -> 30;
      case AES_CCM_16_128_256 -> 31;
      case AES_CCM_64_128_128 -> 32;
      case AES_CCM_64_128_256 -> 33;
    };
  }

  /** The AEAD algorithm of an identifier; empty for others. */
  public static Optional<AeadAlgorithm> aead(long id) {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      if (idOf(algorithm) == id) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
