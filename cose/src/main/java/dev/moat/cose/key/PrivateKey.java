package dev.moat.cose.key;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * A private COSE_Key with its public part (RFC 9053, Sections 7.1 and 7.2). Immutable until {@link
 * #close()}, which erases the secret.
 */
public final class PrivateKey implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 128;

  private final PublicKey publicKey;
  private final SecretBytes d;

  private PrivateKey(PublicKey publicKey, SecretBytes d) {
    this.publicKey = publicKey;
    this.d = d;
  }

  /**
   * A key with a copy of {@code d}, which stays the caller's to erase. Whether the two belong
   * together is checked when the key is prepared for use.
   *
   * @throws IllegalArgumentException when the length is not the curve's
   */
  public static PrivateKey of(PublicKey publicKey, SecretBytes d) {
    if (d.length() != publicKey.curve().octets()) {
      throw new IllegalArgumentException(
          "a private key of "
              + publicKey.curve()
              + " has "
              + publicKey.curve().octets()
              + " octets");
    }
    return new PrivateKey(publicKey, d.use(SecretBytes::copyOf));
  }

  /**
   * A key with a copy of {@code d}, whose public part is computed.
   *
   * @throws CoseException with BAD_PRIVATE_KEY when it is no key of the curve
   */
  public static PrivateKey of(KeyCurve curve, SecretBytes d, Curves curves) throws CoseException {
    return of(publicOf(curve, d, curves), d);
  }

  /**
   * A fresh key.
   *
   * @throws IllegalArgumentException when {@code curves} does not have the curve
   */
  public static PrivateKey generate(KeyCurve curve, Curves curves, RandomSource random) {
    if (!supports(curves, curve)) {
      throw new IllegalArgumentException(curves.provider() + " does not have " + curve);
    }
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      // Of the NIST curves' scalars, at most one in 2^32 is out of range (FIPS 186-4, B.4.2).
      try (SecretBytes candidate = SecretBytes.random(curve.octets(), random)) {
        return of(curve, candidate, curves);
      } catch (CoseException outOfRange) {
        // Try again.
      }
    }
    throw new IllegalArgumentException("the random source gives no private key of " + curve);
  }

  /**
   * Reads a COSE_Key that has a public part; {@code coseKey} stays the caller's to erase.
   *
   * @throws CoseException with MALFORMED_CBOR, BAD_PRIVATE_KEY, BAD_PUBLIC_KEY, UNKNOWN_CURVE or
   *     NOT_ON_CURVE
   */
  public static PrivateKey decode(SecretBytes coseKey) throws CoseException {
    return decode(coseKey, Optional.empty());
  }

  /**
   * Reads a COSE_Key and computes the public part when it is left out.
   *
   * @see #decode(SecretBytes)
   */
  public static PrivateKey decode(SecretBytes coseKey, Curves curves) throws CoseException {
    return decode(coseKey, Optional.of(curves));
  }

  private static PrivateKey decode(SecretBytes coseKey, Optional<Curves> curves)
      throws CoseException {
    byte[] octets = coseKey.use(byte[]::clone);
    try {
      return read(KeyMembers.read(Bytes.owned(octets), Reason.BAD_PRIVATE_KEY), curves);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static PrivateKey read(KeyMembers members, Optional<Curves> curves) throws CoseException {
    byte[] octets =
        members
            .d()
            .filter(d -> d.length() == members.curve().octets())
            .orElseThrow(() -> new CoseException(Reason.BAD_PRIVATE_KEY))
            .toArray();
    try (SecretBytes d = SecretBytes.copyOf(octets)) {
      if (members.hasX() || curves.isEmpty()) {
        return of(members.publicKey(), d);
      }
      PublicKey computed = publicOf(members.curve(), d, curves.get());
      return of(new PublicKey(computed.curve(), computed.x(), computed.y(), members.kid()), d);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The public part. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** The secret, owned by this key: for EC2 the big-endian scalar, for OKP the private key. */
  public SecretBytes d() {
    return d;
  }

  /** The COSE_Key in deterministic CBOR, the caller's to close. */
  public SecretBytes encode() {
    Bytes open = new CborWriter().map(publicKey::writeTo).toBytes();
    Bytes label = new CborWriter().integer(KeyMembers.D).toBytes();
    // A byte string's head of at most 57 octets; the label sorts behind all others.
    Bytes head = label.plus(Bytes.of(0x58, d.length()));
    byte[] encoded = new byte[open.length() + head.length() + d.length()];
    open.copyTo(encoded, 0);
    encoded[0]++; // one more entry
    head.copyTo(encoded, open.length());
    try {
      return d.use(octets -> joined(encoded, octets));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /**
   * This key, prepared to sign; the caller's to close.
   *
   * @throws CoseException with KEY_NOT_FOR_THIS, BAD_PRIVATE_KEY or KEYS_DO_NOT_MATCH
   * @throws IllegalStateException after {@link #close()}
   */
  public SigningKey signing(Curves curves) throws CoseException {
    SigningKey key = signing(publicKey.curve(), d, curves);
    if (!PublicKey.ofSignature(key.algorithm(), key.publicKey()).sameKey(publicKey)) {
      key.close();
      throw new CoseException(Reason.KEYS_DO_NOT_MATCH);
    }
    return key;
  }

  /**
   * This key, prepared for key agreement; the caller's to close.
   *
   * @throws CoseException with KEY_NOT_FOR_THIS, BAD_PRIVATE_KEY or KEYS_DO_NOT_MATCH
   * @throws IllegalStateException after {@link #close()}
   */
  public DhPrivateKey agreement(Curves curves) throws CoseException {
    DhPrivateKey key = agreement(publicKey.curve(), d, curves);
    if (!key.publicKey().equals(publicKey.x())) {
      key.close();
      throw new CoseException(Reason.KEYS_DO_NOT_MATCH);
    }
    return key;
  }

  /** Erases the secret; a second call does nothing. */
  @Override
  public void close() {
    d.close();
  }

  /** The public part only. */
  @Override
  public String toString() {
    return "PrivateKey[of " + publicKey + "]";
  }

  private static PublicKey publicOf(KeyCurve curve, SecretBytes d, Curves curves)
      throws CoseException {
    if (curve.signature().isPresent()) {
      try (SigningKey key = signing(curve, d, curves)) {
        return PublicKey.ofSignature(key.algorithm(), key.publicKey());
      }
    }
    try (DhPrivateKey key = agreement(curve, d, curves)) {
      return PublicKey.ofX(curve, key.publicKey());
    }
  }

  private static SigningKey signing(KeyCurve curve, SecretBytes d, Curves curves)
      throws CoseException {
    SignatureAlgorithm algorithm =
        curve.signature().orElseThrow(() -> new CoseException(Reason.KEY_NOT_FOR_THIS));
    try {
      return curves.signingKey(algorithm, d);
    } catch (KeyMaterialException refused) {
      throw new CoseException(Reason.BAD_PRIVATE_KEY);
    }
  }

  private static DhPrivateKey agreement(KeyCurve curve, SecretBytes d, Curves curves)
      throws CoseException {
    DhCurve dh = curve.dh().orElseThrow(() -> new CoseException(Reason.KEY_NOT_FOR_THIS));
    try {
      return curves.privateKey(dh, d);
    } catch (KeyMaterialException refused) {
      throw new CoseException(Reason.BAD_PRIVATE_KEY);
    }
  }

  private static boolean supports(Curves curves, KeyCurve curve) {
    return curve.signature().map(curves::supports).orElseGet(() -> supportsDh(curves, curve));
  }

  private static boolean supportsDh(Curves curves, KeyCurve curve) {
    return curve.dh().map(curves::supports).orElse(false);
  }

  private static SecretBytes joined(byte[] target, byte[] tail) {
    System.arraycopy(tail, 0, target, target.length - tail.length, tail.length);
    return SecretBytes.copyOf(target);
  }
}
