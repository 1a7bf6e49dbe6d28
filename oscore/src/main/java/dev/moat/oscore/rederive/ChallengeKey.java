package dev.moat.oscore.rederive;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;

/**
 * K_HMAC (RFC 8613, Appendix B.2.1): lets a server know its R2 again without keeping it. One per
 * client, until a run is completed; then it is forgotten, not wiped, as another thread may be using
 * it: nothing is accepted by a forgotten key. Safe to share among threads.
 */
final class ChallengeKey {
  /** Length of R2: S2, then its MAC. */
  static final int CHALLENGE_OCTETS = 16;

  private static final int RANDOM_OCTETS = 8;
  private static final int KEY_OCTETS = 32;

  private final Crypto crypto;
  private final SecretBytes key;
  private final long expiryNanos;

  ChallengeKey(Crypto crypto, RandomSource random, long expiryNanos) {
    this.crypto = crypto;
    this.key = SecretBytes.random(KEY_OCTETS, random);
    this.expiryNanos = expiryNanos;
  }

  boolean isExpired(long nowNanos) {
    return nowNanos - expiryNanos >= 0;
  }

  /** A fresh R2. */
  Bytes mint(RandomSource random) {
    Bytes fresh = random.bytes(RANDOM_OCTETS);
    try (SecretBytes mac = mac(fresh)) {
      return fresh.plus(mac.use(Bytes::copyOf));
    }
  }

  /** True when {@code idContext} begins with an R2 made with this key. */
  boolean began(Bytes idContext) {
    if (idContext.length() < CHALLENGE_OCTETS) {
      return false;
    }
    Bytes claimed = idContext.slice(RANDOM_OCTETS, CHALLENGE_OCTETS);
    try (SecretBytes mac = mac(idContext.slice(0, RANDOM_OCTETS));
        SecretBytes other = SecretBytes.copyOf(claimed.toArray())) {
      return mac.equals(other);
    }
  }

  /** HKDF-Expand of one block is HMAC (RFC 5869, Section 2.3). */
  private SecretBytes mac(Bytes fresh) {
    return crypto.hkdfExpand(HashAlgorithm.SHA_256, key, fresh, CHALLENGE_OCTETS - RANDOM_OCTETS);
  }
}
