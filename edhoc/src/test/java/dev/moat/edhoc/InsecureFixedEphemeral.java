package dev.moat.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import dev.moat.crypto.bc.PrimitivesChoice;

/** Curves that generate the ephemeral key of a vector, again and again. */
public record InsecureFixedEphemeral(Curves curves, SecretBytes octets) implements Curves {
  /** The best primitives, but for this. */
  public static Primitives of(SecretBytes octets) {
    Primitives best = PrimitivesChoice.best();
    Curves fixed = new InsecureFixedEphemeral(best.curves(), octets);
    return new Primitives(best.symmetric(), fixed, best.keccak());
  }

  @Override
  public DhPrivateKey generate(DhCurve curve, RandomSource random) {
    try {
      return curves.privateKey(curve, octets);
    } catch (KeyMaterialException wrong) {
      throw new AssertionError(wrong);
    }
  }

  @Override
  public String provider() {
    return curves.provider();
  }

  @Override
  public boolean supports(DhCurve curve) {
    return curves.supports(curve);
  }

  @Override
  public boolean supports(SignatureAlgorithm algorithm) {
    return curves.supports(algorithm);
  }

  @Override
  public DhPrivateKey privateKey(DhCurve curve, SecretBytes key) throws KeyMaterialException {
    return curves.privateKey(curve, key);
  }

  @Override
  public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    return curves.publicKey(curve, coordinate);
  }

  @Override
  public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes key)
      throws KeyMaterialException {
    return curves.signingKey(algorithm, key);
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
      throws KeyMaterialException {
    return curves.verificationKey(algorithm, publicKey);
  }
}
