package dev.moat.cose.key;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborMapWriter;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.VerificationKey;
import java.util.Optional;

/**
 * A public COSE_Key (RFC 9053, Sections 7.1 and 7.2). Immutable.
 *
 * <p>A decoded key is on its curve; whether its order is large is checked by {@link Curves}, when
 * the key is prepared for use.
 *
 * @param curve its curve, which tells what it can be used for
 * @param x the x-coordinate in big-endian order, or for OKP the encoded public key
 * @param y the y-coordinate of an EC2 key; empty for OKP, and where only x is known, which is
 *     enough for key agreement
 * @param kid the key identifier
 */
public record PublicKey(KeyCurve curve, Bytes x, Optional<Bytes> y, Optional<Bytes> kid) {
  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException when a coordinate has another length than the curve's, or an
   *     OKP key a y
   */
  public PublicKey {
    int octets = curve.octets();
    if (x.length() != octets || y.map(Bytes::length).orElse(octets) != octets) {
      throw new IllegalArgumentException("a coordinate of " + curve + " has " + octets + " octets");
    }
    if (y.isPresent() && !curve.hasTwoCoordinates()) {
      throw new IllegalArgumentException("a key of " + curve + " has no y");
    }
  }

  /** A key without identifier from its x-coordinate or encoded public key alone. */
  public static PublicKey ofX(KeyCurve curve, Bytes x) {
    return new PublicKey(curve, x, Optional.empty(), Optional.empty());
  }

  /**
   * A key without identifier that verifies signatures.
   *
   * @param publicKey for ECDSA x and y behind each other, for EdDSA the encoded point
   */
  public static PublicKey ofSignature(SignatureAlgorithm algorithm, Bytes publicKey) {
    KeyCurve curve = KeyCurve.of(algorithm);
    if (!curve.hasTwoCoordinates()) {
      return ofX(curve, publicKey);
    }
    int octets = Math.min(curve.octets(), publicKey.length());
    Bytes y = publicKey.slice(octets, publicKey.length());
    return new PublicKey(curve, publicKey.slice(0, octets), Optional.of(y), Optional.empty());
  }

  /**
   * Reads a COSE_Key. Members that are not needed are skipped.
   *
   * @throws CoseException with MALFORMED_CBOR, BAD_PUBLIC_KEY, UNKNOWN_CURVE, NOT_ON_CURVE, or
   *     EXPOSED_PRIVATE_KEY when it has a private part
   */
  public static PublicKey decode(Bytes coseKey) throws CoseException {
    KeyMembers members = KeyMembers.read(coseKey, Reason.BAD_PUBLIC_KEY);
    if (members.hasD()) {
      throw new CoseException(Reason.EXPOSED_PRIVATE_KEY);
    }
    return members.publicKey();
  }

  /**
   * A key as certificates have it: an encoded public key, or a point of SEC 1 (Section 2.3.3),
   * compressed or not.
   *
   * @throws CoseException with BAD_PUBLIC_KEY or NOT_ON_CURVE
   */
  public static PublicKey ofPoint(KeyCurve curve, Bytes octets) throws CoseException {
    return KeyMembers.ofPoint(curve, octets);
  }

  /** The same key with another identifier. */
  public PublicKey withKid(Bytes newKid) {
    return new PublicKey(curve, x, y, Optional.of(newKid));
  }

  /** True when both are the same key, whatever their identifiers; an unknown y is not compared. */
  public boolean sameKey(PublicKey other) {
    boolean sameY = y.isEmpty() || other.y.isEmpty() || y.equals(other.y);
    return curve == other.curve && x.equals(other.x) && sameY;
  }

  /** The COSE_Key in deterministic CBOR. */
  public Bytes encode() {
    return new CborWriter().map(this::writeTo).toBytes();
  }

  /**
   * The key as signature algorithms take it: for ECDSA x and y behind each other, for EdDSA the
   * encoded point.
   *
   * @throws CoseException with KEY_NOT_FOR_THIS when the curve has no signatures or y is not known
   */
  public Bytes forSignature() throws CoseException {
    if (curve.signature().isEmpty() || (curve.hasTwoCoordinates() && y.isEmpty())) {
      throw new CoseException(Reason.KEY_NOT_FOR_THIS);
    }
    return x.plus(y.orElse(Bytes.empty()));
  }

  /**
   * This key, prepared to verify signatures.
   *
   * @throws CoseException with KEY_NOT_FOR_THIS, or BAD_PUBLIC_KEY when it must not be used
   */
  public VerificationKey verification(Curves curves) throws CoseException {
    Bytes octets = forSignature();
    try {
      return curves.verificationKey(curve.signature().orElseThrow(), octets);
    } catch (KeyMaterialException refused) {
      throw new CoseException(Reason.BAD_PUBLIC_KEY);
    }
  }

  /**
   * This key, prepared for key agreement.
   *
   * @throws CoseException with KEY_NOT_FOR_THIS, or BAD_PUBLIC_KEY when it must not be used
   */
  public DhPublicKey agreement(Curves curves) throws CoseException {
    DhCurve dh = curve.dh().orElseThrow(() -> new CoseException(Reason.KEY_NOT_FOR_THIS));
    try {
      return curves.publicKey(dh, x);
    } catch (KeyMaterialException refused) {
      throw new CoseException(Reason.BAD_PUBLIC_KEY);
    }
  }

  void writeTo(CborMapWriter map) {
    map.put(KeyMembers.KTY, item -> item.integer(curve.kty()));
    kid.ifPresent(octets -> map.put(KeyMembers.KID, item -> item.bytes(octets)));
    map.put(KeyMembers.CRV, item -> item.integer(curve.id()));
    map.put(KeyMembers.X, item -> item.bytes(x));
    y.ifPresent(octets -> map.put(KeyMembers.Y, item -> item.bytes(octets)));
  }
}
