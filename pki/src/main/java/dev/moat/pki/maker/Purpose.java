package dev.moat.pki.maker;

import dev.moat.cose.key.KeyCurve;

/** What a key is for. One key shall serve one algorithm only (RFC 9052, Section 12). */
public enum Purpose {
  /** Signatures. */
  SIGN,
  /** Static Diffie-Hellman. */
  DH,
  /** Certificates of others. */
  CERTIFY;

  /** True when keys of {@code curve} can do it. */
  public boolean fits(KeyCurve curve) {
    return this == DH ? curve.dh().isPresent() : curve.signature().isPresent();
  }
}
