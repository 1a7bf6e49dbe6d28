package dev.moat.crypto;

/** A group for Diffie-Hellman key agreement, with its size in octets. */
public enum DhCurve {
  /** NIST P-256; a public key is the x-coordinate, a private key the big-endian scalar. */
  P_256(32),
  /** NIST P-384; a public key is the x-coordinate, a private key the big-endian scalar. */
  P_384(48),
  /** Curve25519 (RFC 7748): little-endian u-coordinate. */
  X25519(32),
  /** Curve448 (RFC 7748): little-endian u-coordinate. */
  X448(56);

  private final int octets;

  DhCurve(int octets) {
    this.octets = octets;
  }

  /** Length in octets of a public key's coordinate, of a private key, and of a shared secret. */
  public int octets() {
    return octets;
  }
}
