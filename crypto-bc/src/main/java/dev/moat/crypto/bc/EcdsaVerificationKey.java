package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.VerificationKey;
import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** A key to verify ECDSA with; s may be low or high, as in COSE (RFC 9053, Section 2.1). */
record EcdsaVerificationKey(WeierstrassCurve curve, Bytes publicKey, ECPublicKeyParameters point)
    implements VerificationKey {
  /** SEC 1, Section 2.3.4: the encoded point has both coordinates. */
  private static final int UNCOMPRESSED = 4;

  /** The coordinates were found to be below the prime. */
  static EcdsaVerificationKey of(WeierstrassCurve curve, Bytes publicKey)
      throws KeyMaterialException {
    return new EcdsaVerificationKey(curve, publicKey, curve.publicKey(UNCOMPRESSED, publicKey));
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return curve.signature();
  }

  /** A signature with r or s outside of 1 to n-1 is refused by the signer. */
  @Override
  public boolean verify(Bytes message, Bytes signature) {
    if (signature.length() != algorithm().signatureOctets()) {
      return false;
    }
    byte[] octets = signature.toArray();
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, point);
    return signer.verifySignature(
        Ecdsa.hash(curve, message),
        new BigInteger(1, octets, 0, curve.octets()),
        new BigInteger(1, octets, curve.octets(), curve.octets()));
  }
}
