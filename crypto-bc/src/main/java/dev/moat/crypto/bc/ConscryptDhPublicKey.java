package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.KeyMaterialException.Reason;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;

/** A public key for agreement, in BoringSSL's form. */
record ConscryptDhPublicKey(DhCurve curve, Bytes coordinate, PublicKey key) implements DhPublicKey {
  /**
   * A coordinate that was checked but for the curve's equation; of two points the even one.
   *
   * @throws KeyMaterialException NOT_ON_CURVE
   */
  static ConscryptDhPublicKey of(BoringSsl library, DhCurve curve, Bytes coordinate)
      throws KeyMaterialException {
    try {
      BoringSsl.Form form = BoringSsl.Form.ofCoordinate(curve);
      return new ConscryptDhPublicKey(curve, coordinate, library.publicKey(form, coordinate));
    } catch (InvalidKeySpecException notOnCurve) {
      throw new KeyMaterialException(Reason.NOT_ON_CURVE);
    }
  }

  /** The same key in BoringSSL's form, whichever provider made it. */
  static ConscryptDhPublicKey of(BoringSsl library, DhPublicKey key) throws KeyMaterialException {
    return key instanceof ConscryptDhPublicKey own
        ? own
        : of(library, key.curve(), key.coordinate());
  }
}
