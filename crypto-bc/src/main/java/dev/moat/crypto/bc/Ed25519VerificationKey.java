package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.KeyMaterialException.Reason;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.VerificationKey;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A key to verify Ed25519 with, decoded once. */
record Ed25519VerificationKey(Bytes publicKey, Ed25519.PublicPoint point)
    implements VerificationKey {
  /** The encoding was found to be canonical, and the order not to be low. */
  static Ed25519VerificationKey of(Bytes publicKey) throws KeyMaterialException {
    Ed25519.PublicPoint point =
        Optional.ofNullable(Ed25519.validatePublicKeyPartialExport(publicKey.toArray(), 0))
            .orElseThrow(() -> new KeyMaterialException(Reason.NOT_ON_CURVE));
    return new Ed25519VerificationKey(publicKey, point);
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.ED25519;
  }

  @Override
  public boolean verify(Bytes message, Bytes signature) {
    return signature.length() == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature.toArray(), 0, point, message.toArray(), 0, message.length());
  }
}
