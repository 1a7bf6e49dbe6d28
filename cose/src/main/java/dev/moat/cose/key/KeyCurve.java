package dev.moat.cose.key;

import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The elliptic curves of COSE (RFC 9053, Section 7.1) that Moat has. */
public enum KeyCurve {
  /** NIST P-256, for both uses. */
  P_256(1, 32, DhCurve.P_256, SignatureAlgorithm.ES256),
  /** NIST P-384, for both uses. */
  P_384(2, 48, DhCurve.P_384, SignatureAlgorithm.ES384),
  /** Curve25519 for key agreement. */
  X25519(4, 32, DhCurve.X25519, null),
  /** Curve448 for key agreement. */
  X448(5, 56, DhCurve.X448, null),
  /** Curve25519 for signatures. */
  ED25519(6, 32, null, SignatureAlgorithm.ED25519),
  /** Curve448 for signatures. */
  ED448(7, 57, null, SignatureAlgorithm.ED448);

  private static final int OKP = 1;
  private static final int EC2 = 2;

  private final int id;
  private final int octets;
  private final @Nullable DhCurve dh;
  private final @Nullable SignatureAlgorithm signature;

  KeyCurve(int id, int octets, @Nullable DhCurve dh, @Nullable SignatureAlgorithm signature) {
    this.id = id;
    this.octets = octets;
    this.dh = dh;
    this.signature = signature;
  }

  /** The curve with this identifier; empty for others. */
  public static Optional<KeyCurve> of(long id) {
    return Arrays.stream(values()).filter(curve -> curve.id == id).findFirst();
  }

  /** The curve of keys for this signature algorithm. */
  public static KeyCurve of(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> P_256;
      case ES384 -> P_384;
      case ED25519 -> ED25519;
      case ED448 -> ED448;
    };
  }

  /** The curve of keys for this key agreement. */
  public static KeyCurve of(DhCurve curve) {
    return switch (curve) {
      case P_256 -> P_256;
      case P_384 -> P_384;
      case X25519 -> X25519;
      case X448 -> X448;
    };
  }

  /** The identifier, which COSE_Keys have as crv. */
  public int id() {
    return id;
  }

  /** The key type: 1 for OKP, 2 for EC2. */
  public int kty() {
    return hasTwoCoordinates() ? EC2 : OKP;
  }

  /** Length in octets of a coordinate or an encoded point, and of a private key as well. */
  public int octets() {
    return octets;
  }

  /** True when a point is written as x and y. */
  public boolean hasTwoCoordinates() {
    return this == P_256 || this == P_384;
  }

  /** What keys of this curve agree with; empty when they only sign. */
  public Optional<DhCurve> dh() {
    return Optional.ofNullable(dh);
  }

  /** What keys of this curve sign with; empty when they only agree. */
  public Optional<SignatureAlgorithm> signature() {
    return Optional.ofNullable(signature);
  }
}
