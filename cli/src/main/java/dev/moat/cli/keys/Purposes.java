package dev.moat.cli.keys;

import dev.moat.cose.key.KeyCurve;
import dev.moat.pki.maker.Purpose;

/** What keys are for, in credentials files. */
final class Purposes {
  private Purposes() {}

  /** As credentials files have it. */
  static String words(Purpose purpose) {
    return switch (purpose) {
      case SIGN -> "signature";
      case DH -> "static-dh";
      case CERTIFY -> "certificates";
    };
  }

  /** What is usual: with curves that could do both, certificates sign and claims sets agree. */
  static Purpose usual(KeyCurve curve, CredentialKind kind) {
    if (curve.signature().isEmpty() || curve.dh().isEmpty()) {
      return curve.signature().isPresent() ? Purpose.SIGN : Purpose.DH;
    }
    return kind == CredentialKind.X509 ? Purpose.SIGN : Purpose.DH;
  }
}
