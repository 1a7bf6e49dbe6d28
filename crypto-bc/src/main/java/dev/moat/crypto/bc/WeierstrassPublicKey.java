package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** One of the two points of P-256 or P-384 that have a given x-coordinate. */
record WeierstrassPublicKey(DhCurve curve, Bytes coordinate, ECPublicKeyParameters point)
    implements DhPublicKey {
  /** SEC 1, Section 2.3.4: the encoded point has the even y. */
  private static final int COMPRESSED_EVEN = 2;

  /** Chooses the even y; the coordinate was found to be below the prime. */
  static WeierstrassPublicKey of(WeierstrassCurve curve, Bytes coordinate)
      throws KeyMaterialException {
    return new WeierstrassPublicKey(
        curve.agreement(), coordinate, curve.publicKey(COMPRESSED_EVEN, coordinate));
  }

  /** The same key in the form that Bouncy Castle takes, whichever provider made it. */
  static WeierstrassPublicKey of(DhPublicKey key) throws KeyMaterialException {
    return key instanceof WeierstrassPublicKey own
        ? own
        : of(WeierstrassCurve.of(key.curve()), key.coordinate());
  }
}
