package dev.moat.edhoc.coap;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;

/** Curves that generate the ephemeral key of a vector, again and again. */
record InsecureFixedEphemeral(Curves curves, SecretBytes octets) implements Curves {
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
