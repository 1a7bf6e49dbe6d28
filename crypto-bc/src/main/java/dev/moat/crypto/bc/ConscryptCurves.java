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
import dev.moat.crypto.KeyMaterialException.Reason;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/**
 * P-256, P-384, X25519, their ECDSA and Ed25519 by Conscrypt, which is BoringSSL: native code that
 * the JVM loads, several times as fast. Conscrypt is an optional dependency; {@link #load} says
 * whether it is there. It has neither X448 nor Ed448.
 *
 * <p>Its ECDSA is not that of RFC 6979: BoringSSL draws nonces from the operating system and hashes
 * the private key and the message into them, so that a broken source does not give the key away.
 * Keys are released when the collector finds them.
 *
 * <p>May be shared among threads.
 */
public final class ConscryptCurves implements Curves {
  private final BoringSsl library;

  /** For what Conscrypt cannot tell: the coordinates of a public key that belongs to a private. */
  private final Curves bouncyCastle = BouncyCurves.create();

  private ConscryptCurves(BoringSsl library) {
    this.library = library;
  }

  /**
   * The curves of the Conscrypt that is on the class path; empty when there is none, or none whose
   * native library runs here.
   */
  public static Optional<ConscryptCurves> load() {
    try {
      return Conscrypt.isAvailable()
          ? Optional.of(new ConscryptCurves(BoringSsl.load()))
          : Optional.empty();
    } catch (LinkageError | IllegalStateException absent) {
      // Compiled against, but not shipped: the first use of its classes tells.
      return Optional.empty();
    }
  }

  @Override
  public String provider() {
    Conscrypt.Version version = Conscrypt.version();
    return "Conscrypt %d.%d.%d".formatted(version.major(), version.minor(), version.patch());
  }

  @Override
  public boolean supports(DhCurve curve) {
    return curve != DhCurve.X448;
  }

  @Override
  public boolean supports(SignatureAlgorithm algorithm) {
    return algorithm != SignatureAlgorithm.ED448;
  }

  @Override
  public DhPrivateKey generate(DhCurve curve, RandomSource random) {
    if (!supports(curve)) {
      throw new IllegalArgumentException("Conscrypt has no " + curve);
    }
    try (SecretBytes scalar = KeyMaterial.generate(curve, random)) {
      return new ConscryptDhPrivateKey(library, curve, scalar);
    }
  }

  @Override
  public DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException {
    require(supports(curve));
    KeyMaterial.requirePrivate(curve, octets);
    return new ConscryptDhPrivateKey(library, curve, octets);
  }

  @Override
  public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    require(supports(curve));
    KeyMaterial.requirePublic(curve, coordinate);
    return ConscryptDhPublicKey.of(library, curve, coordinate);
  }

  @Override
  public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
      throws KeyMaterialException {
    require(supports(algorithm));
    try (SigningKey twin = bouncyCastle.signingKey(algorithm, octets)) {
      return new ConscryptSigningKey(library, algorithm, octets, twin.publicKey());
    }
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
      throws KeyMaterialException {
    require(supports(algorithm));
    // Bouncy Castle decides what is a key: BoringSSL decodes an Edwards point only to verify.
    var unused = bouncyCastle.verificationKey(algorithm, publicKey);
    return new ConscryptVerificationKey(library, algorithm, publicKey);
  }

  private static void require(boolean supported) throws KeyMaterialException {
    if (!supported) {
      throw new KeyMaterialException(Reason.UNSUPPORTED);
    }
  }
}
