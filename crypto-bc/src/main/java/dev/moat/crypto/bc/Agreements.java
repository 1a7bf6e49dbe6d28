package dev.moat.crypto.bc;

import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;

/** What every key agreement asks first. */
final class Agreements {
  private Agreements() {}

  static void requireSameCurve(DhPrivateKey own, DhPublicKey peer) {
    if (own.curve() != peer.curve()) {
      throw new IllegalArgumentException(
          "a key of %s agrees with none of %s".formatted(own.curve(), peer.curve()));
    }
  }
}
