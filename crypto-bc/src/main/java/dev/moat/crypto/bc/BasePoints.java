package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.DhCurve;

/** The coordinates of base points: agreeing with one of them gives one's own public key. */
final class BasePoints {
  private static final Bytes P_256 =
      Bytes.hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
  private static final Bytes P_384 =
      Bytes.hex(
          "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
              + "5502f25dbf55296c3a545e3872760ab7");
  private static final Bytes X25519 = Bytes.of(9).plus(Bytes.owned(new byte[31]));
  private static final Bytes X448 = Bytes.of(5).plus(Bytes.owned(new byte[55]));

  private BasePoints() {}

  static Bytes of(DhCurve curve) {
    return switch (curve) {
      case P_256 -> P_256;
      case P_384 -> P_384;
      case X25519 -> X25519;
      case X448 -> X448;
    };
  }
}
