package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;

/**
 * Key agreement and signatures by the JDK alone, for where nothing faster is on the class path.
 *
 * <p>Three things are weaker than elsewhere. The nonces of ECDSA come from the JDK's own random
 * source, not from the caller's and not from RFC 6979. A closed key is dropped, for the collector
 * to reuse: the JDK's keys cannot be erased. And there is no Ed448: the JDK tells no public key
 * from a private one, and has no SHAKE256 to do it without its help.
 *
 * <p>May be shared among threads.
 */
public final class JdkCurves implements Curves {
  /** The provider by name, so that none that is registered elsewhere takes its place. */
  static final String PROVIDER = "SunEC";

  private JdkCurves() {}

  /** The curves of the running JDK. */
  public static JdkCurves create() {
    return new JdkCurves();
  }

  @Override
  public String provider() {
    return "JDK, " + JdkKeyForm.P_256.provider();
  }

  @Override
  public boolean supports(DhCurve curve) {
    return true;
  }

  @Override
  public boolean supports(SignatureAlgorithm algorithm) {
    return algorithm != SignatureAlgorithm.ED448;
  }

  @Override
  public DhPrivateKey generate(DhCurve curve, RandomSource random) {
    try (SecretBytes scalar = KeyMaterial.generate(curve, random)) {
      return new JdkDhPrivateKey(curve, scalar);
    }
  }

  @Override
  public DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException {
    KeyMaterial.requirePrivate(curve, octets);
    return new JdkDhPrivateKey(curve, octets);
  }

  @Override
  public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    KeyMaterial.requirePublic(curve, coordinate);
    return JdkDhPublicKey.of(curve, coordinate);
  }

  @Override
  public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
      throws KeyMaterialException {
    JdkSignature signature = signature(algorithm);
    KeyMaterial.requirePrivate(algorithm, octets);
    return new JdkSigningKey(signature, octets);
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
      throws KeyMaterialException {
    JdkSignature signature = signature(algorithm);
    KeyMaterial.requirePublic(algorithm, publicKey);
    return JdkVerificationKey.of(signature, publicKey);
  }

  private static JdkSignature signature(SignatureAlgorithm algorithm) throws KeyMaterialException {
    return switch (algorithm) {
      case ES256 -> JdkSignature.ES256;
      case ES384 -> JdkSignature.ES384;
      case ED25519 -> JdkSignature.ED25519;
      case ED448 -> throw new KeyMaterialException(Reason.UNSUPPORTED);
    };
  }
}
