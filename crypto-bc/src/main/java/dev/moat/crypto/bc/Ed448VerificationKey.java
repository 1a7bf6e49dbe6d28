package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.KeyMaterialException.Reason;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.VerificationKey;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed448;

/** A key to verify Ed448 with, decoded once. */
record Ed448VerificationKey(Bytes publicKey, Ed448.PublicPoint point) implements VerificationKey {
  /** The encoding was found to be canonical, and the order not to be low. */
  static Ed448VerificationKey of(Bytes publicKey) throws KeyMaterialException {
    Ed448.PublicPoint point =
        Optional.ofNullable(Ed448.validatePublicKeyPartialExport(publicKey.toArray(), 0))
            .orElseThrow(() -> new KeyMaterialException(Reason.NOT_ON_CURVE));
    return new Ed448VerificationKey(publicKey, point);
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.ED448;
  }

  @Override
  public boolean verify(Bytes message, Bytes signature) {
    return signature.length() == Ed448.SIGNATURE_SIZE
        && Ed448.verify(
            signature.toArray(), 0, point, new byte[0], message.toArray(), 0, message.length());
  }
}
