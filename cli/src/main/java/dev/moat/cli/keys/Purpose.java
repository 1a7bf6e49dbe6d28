package dev.moat.cli.keys;

import dev.moat.cose.key.KeyCurve;

/** What a key is for. One key shall serve one algorithm only (RFC 9052, Section 12). */
enum Purpose {
  /** Signatures. */
  SIGN("signature"),
  /** Static Diffie-Hellman. */
  DH("static-dh"),
  /** Certificates of others. */
  CERTIFY("certificates");

  private final String words;

  Purpose(String words) {
    this.words = words;
  }

  /** As credentials files have it. */
  String words() {
    return words;
  }

  /** What is usual: with curves that could do both, certificates sign and claims sets agree. */
  static Purpose usual(KeyCurve curve, CredentialKind kind) {
    if (curve.signature().isEmpty() || curve.dh().isEmpty()) {
      return curve.signature().isPresent() ? SIGN : DH;
    }
    return kind == CredentialKind.X509 ? SIGN : DH;
  }

  /** True when keys of {@code curve} can do it. */
  boolean fits(KeyCurve curve) {
    return this == DH ? curve.dh().isPresent() : curve.signature().isPresent();
  }
}
