package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.crypto.SignatureAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * ECDSA signatures in the form of X.509 (RFC 3279, Section 2.2.3), which Conscrypt speaks, and in
 * that of COSE (RFC 9053, Section 2.1).
 */
final class DerSignature {
  private DerSignature() {}

  /** r and s behind each other, of what was just made. */
  static Bytes toFixed(SignatureAlgorithm algorithm, byte[] encoded) {
    BigInteger bound = BigInteger.ONE.shiftLeft(4 * algorithm.signatureOctets());
    try {
      BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(bound, encoded);
      return Bytes.owned(
          PlainDSAEncoding.INSTANCE.encode(bound.subtract(BigInteger.ONE), rs[0], rs[1]));
    } catch (IOException impossible) {
      throw new IllegalStateException("Conscrypt does not work", impossible);
    }
  }

  /** Encodes any r and s, those too that no signature has: BoringSSL refuses them. */
  static byte[] ofFixed(Bytes signature) {
    int octets = signature.length() / 2;
    byte[] rs = signature.toArray();
    try {
      return StandardDSAEncoding.INSTANCE.encode(
          BigInteger.ONE.shiftLeft(8 * octets),
          new BigInteger(1, rs, 0, octets),
          new BigInteger(1, rs, octets, octets));
    } catch (IOException impossible) {
      throw new IllegalStateException("an octet string was not to be written", impossible);
    }
  }
}
