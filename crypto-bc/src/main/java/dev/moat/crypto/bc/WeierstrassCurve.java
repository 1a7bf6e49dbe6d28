package dev.moat.crypto.bc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.KeyMaterialException.Reason;
import dev.moat.crypto.SignatureAlgorithm;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The two NIST curves with all that belongs to them: Bouncy Castle's arithmetic, and the hash. */
final class WeierstrassCurve {
  private static final WeierstrassCurve P_256 =
      new WeierstrassCurve("P-256", DhCurve.P_256, SignatureAlgorithm.ES256, SHA256Digest::new);
  private static final WeierstrassCurve P_384 =
      new WeierstrassCurve("P-384", DhCurve.P_384, SignatureAlgorithm.ES384, SHA384Digest::new);

  private final ECDomainParameters domain;
  private final DhCurve agreement;
  private final SignatureAlgorithm signature;
  private final Supplier<Digest> digest;

  private WeierstrassCurve(
      String name, DhCurve agreement, SignatureAlgorithm signature, Supplier<Digest> digest) {
    this.domain = new ECDomainParameters(CustomNamedCurves.getByName(name));
    this.agreement = agreement;
    this.signature = signature;
    this.digest = digest;
  }

  /**
   * The curve below {@code curve}.
   *
   * @throws IllegalArgumentException when that is no curve in this form
   */
  static WeierstrassCurve of(DhCurve curve) {
    return switch (curve) {
      case P_256 -> P_256;
      case P_384 -> P_384;
      case X25519, X448 -> throw new IllegalArgumentException("not a curve of NIST: " + curve);
    };
  }

  /**
   * The curve below {@code algorithm}.
   *
   * @throws IllegalArgumentException when that is not ECDSA
   */
  static WeierstrassCurve of(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> P_256;
      case ES384 -> P_384;
      case ED25519, ED448 -> throw new IllegalArgumentException("not ECDSA: " + algorithm);
    };
  }

  DhCurve agreement() {
    return agreement;
  }

  SignatureAlgorithm signature() {
    return signature;
  }

  int octets() {
    return agreement.octets();
  }

  Digest digest() {
    return digest.get();
  }

  /** Copies the scalar, which was checked, out of {@code scalar} into an object of this call. */
  ECPrivateKeyParameters privateKey(byte[] scalar) {
    return new ECPrivateKeyParameters(new BigInteger(1, scalar), domain);
  }

  /**
   * The point whose encoding (SEC 1, Section 2.3.4) is {@code prefix} and then {@code coordinates},
   * each of which is below the prime. The groups have no other points than those of order n.
   *
   * @throws KeyMaterialException NOT_ON_CURVE
   */
  ECPublicKeyParameters publicKey(int prefix, Bytes coordinates) throws KeyMaterialException {
    try {
      ECPoint point = domain.getCurve().decodePoint(Bytes.of(prefix).plus(coordinates).toArray());
      return new ECPublicKeyParameters(point, domain);
    } catch (IllegalArgumentException notOnCurve) {
      throw new KeyMaterialException(Reason.NOT_ON_CURVE);
    }
  }

  /** x and y of the public key, by the multiplier that Bouncy Castle's own key generator takes. */
  Bytes publicPoint(SecretBytes scalar) {
    ECPoint point =
        scalar.use(
            octets ->
                new FixedPointCombMultiplier()
                    .multiply(domain.getG(), new BigInteger(1, octets))
                    .normalize());
    byte[] encoded = point.getEncoded(false);
    return Bytes.owned(encoded, 1, encoded.length - 1);
  }
}
