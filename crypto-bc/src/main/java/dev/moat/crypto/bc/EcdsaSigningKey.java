package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import java.math.BigInteger;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/** A key for deterministic ECDSA (RFC 6979): a broken random source cannot give it away. */
final class EcdsaSigningKey implements SigningKey {
  private final WeierstrassCurve curve;
  private final SecretBytes scalar;
  private final Bytes publicKey;

  /** Takes the scalar over, which was checked. */
  EcdsaSigningKey(WeierstrassCurve curve, SecretBytes scalar) {
    this.curve = curve;
    this.scalar = scalar;
    this.publicKey = curve.publicPoint(scalar);
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return curve.signature();
  }

  @Override
  public Bytes publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(Bytes message) {
    byte[] hash = Ecdsa.hash(curve, message);
    return scalar.use(octets -> sign(octets, hash));
  }

  private Bytes sign(byte[] octets, byte[] hash) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(curve.digest()));
    signer.init(true, curve.privateKey(octets));
    BigInteger[] rs = signer.generateSignature(hash);
    byte[] signature = new byte[2 * curve.octets()];
    BigIntegers.asUnsignedByteArray(rs[0], signature, 0, curve.octets());
    BigIntegers.asUnsignedByteArray(rs[1], signature, curve.octets(), curve.octets());
    return Bytes.owned(signature);
  }

  @Override
  public void close() {
    scalar.close();
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm() + "]";
  }
}
