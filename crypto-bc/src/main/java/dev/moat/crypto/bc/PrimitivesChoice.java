package dev.moat.crypto.bc;

import dev.moat.crypto.JdkCrypto;
import dev.moat.crypto.Primitives;

/** Chooses who does the public-key work. */
public final class PrimitivesChoice {
  private PrimitivesChoice() {}

  /** The fastest that is present, for each curve and algorithm. */
  public static Primitives best() {
    return bouncyCastle();
  }

  /** Bouncy Castle for all curves. */
  public static Primitives bouncyCastle() {
    return new Primitives(JdkCrypto.create(), BouncyCurves.create(), BouncyKeccak.create());
  }
}
