package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterial;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Every curve and signature by Bouncy Castle's lightweight classes: no provider is registered or
 * looked up. ECDSA is deterministic (RFC 6979). May be shared among threads.
 */
public final class BouncyCurves implements Curves {
  private BouncyCurves() {}

  /** The curves of the Bouncy Castle that is on the class path. */
  public static BouncyCurves create() {
    return new BouncyCurves();
  }

  /** Only the JCA provider knows the version; it is asked, and neither registered nor kept. */
  @Override
  public String provider() {
    return "Bouncy Castle " + new BouncyCastleProvider().getVersionStr();
  }

  @Override
  public boolean supports(DhCurve curve) {
    return true;
  }

  @Override
  public boolean supports(SignatureAlgorithm algorithm) {
    return true;
  }

  @Override
  public DhPrivateKey generate(DhCurve curve, RandomSource random) {
    return prepared(curve, KeyMaterial.generate(curve, random));
  }

  @Override
  public DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException {
    KeyMaterial.requirePrivate(curve, octets);
    return prepared(curve, octets.use(SecretBytes::copyOf));
  }

  @Override
  public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    KeyMaterial.requirePublic(curve, coordinate);
    return switch (curve) {
      case P_256, P_384 -> WeierstrassPublicKey.of(WeierstrassCurve.of(curve), coordinate);
      case X25519, X448 -> new MontgomeryPublicKey(curve, coordinate);
    };
  }

  @Override
  public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
      throws KeyMaterialException {
    KeyMaterial.requirePrivate(algorithm, octets);
    SecretBytes own = octets.use(SecretBytes::copyOf);
    return switch (algorithm) {
      case ES256, ES384 -> new EcdsaSigningKey(WeierstrassCurve.of(algorithm), own);
      case ED25519, ED448 -> new EdwardsSigningKey(algorithm, own);
    };
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
      throws KeyMaterialException {
    KeyMaterial.requirePublic(algorithm, publicKey);
    return switch (algorithm) {
      case ES256, ES384 -> EcdsaVerificationKey.of(WeierstrassCurve.of(algorithm), publicKey);
      case ED25519 -> Ed25519VerificationKey.of(publicKey);
      case ED448 -> Ed448VerificationKey.of(publicKey);
    };
  }

  private static DhPrivateKey prepared(DhCurve curve, SecretBytes owned) {
    return switch (curve) {
      case P_256, P_384 -> new WeierstrassPrivateKey(WeierstrassCurve.of(curve), owned);
      case X25519, X448 -> new MontgomeryPrivateKey(curve, owned);
    };
  }
}
