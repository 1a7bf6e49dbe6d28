package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import java.security.PublicKey;

/** A public key for agreement, in the JDK's form. */
record JdkDhPublicKey(DhCurve curve, Bytes coordinate, PublicKey key) implements DhPublicKey {
  /**
   * A coordinate that was checked but for the curve's equation.
   *
   * @throws KeyMaterialException NOT_ON_CURVE
   */
  static JdkDhPublicKey of(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    Bytes point =
        switch (curve) {
          case P_256 -> Weierstrass.P_256.pointOf(coordinate);
          case P_384 -> Weierstrass.P_384.pointOf(coordinate);
          case X25519, X448 -> coordinate;
        };
    return new JdkDhPublicKey(curve, coordinate, JdkKeyForm.of(curve).publicKey(point));
  }

  /** The same key in the JDK's form, whichever provider made it. */
  static JdkDhPublicKey of(DhPublicKey key) throws KeyMaterialException {
    return key instanceof JdkDhPublicKey own ? own : of(key.curve(), key.coordinate());
  }

  /** The base point of the curve. */
  static JdkDhPublicKey base(DhCurve curve) {
    try {
      return of(
          curve,
          switch (curve) {
            case P_256 -> Weierstrass.P_256.baseX();
            case P_384 -> Weierstrass.P_384.baseX();
            case X25519 -> Bytes.of(9).plus(Bytes.owned(new byte[31]));
            case X448 -> Bytes.of(5).plus(Bytes.owned(new byte[55]));
          });
    } catch (KeyMaterialException impossible) {
      throw new IllegalStateException("the base point is not on the curve", impossible);
    }
  }
}
