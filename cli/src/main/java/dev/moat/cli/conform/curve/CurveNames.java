package dev.moat.cli.conform.curve;

import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.Optional;

/** Wycheproof's names of curves. */
final class CurveNames {
  private CurveNames() {}

  /** The curve for key agreement of this name; empty when there is none. */
  static Optional<DhCurve> agreement(String name) {
    return switch (name) {
      case "secp256r1", "P-256" -> Optional.of(DhCurve.P_256);
      case "secp384r1", "P-384" -> Optional.of(DhCurve.P_384);
      case "curve25519", "X25519", "x25519" -> Optional.of(DhCurve.X25519);
      case "curve448", "X448", "x448" -> Optional.of(DhCurve.X448);
      default -> Optional.empty();
    };
  }

  /**
   * The algorithm of a curve with a hash.
   *
   * @param hash empty where the curve's algorithm has one of its own
   */
  static Optional<SignatureAlgorithm> signature(String name, String hash) {
    return switch (name + " " + hash) {
      case "secp256r1 SHA-256", "P-256 SHA-256" -> Optional.of(SignatureAlgorithm.ES256);
      case "secp384r1 SHA-384", "P-384 SHA-384" -> Optional.of(SignatureAlgorithm.ES384);
      case "edwards25519 ", "Ed25519 " -> Optional.of(SignatureAlgorithm.ED25519);
      case "edwards448 ", "Ed448 " -> Optional.of(SignatureAlgorithm.ED448);
      default -> Optional.empty();
    };
  }
}
