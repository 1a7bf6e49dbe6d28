package dev.moat.crypto;

/** A signature algorithm of one curve, with its sizes in octets. */
public enum SignatureAlgorithm {
  /** ECDSA over P-256 with SHA-256; r and s, fixed length, behind each other. */
  ES256(64, 64, 32),
  /** ECDSA over P-384 with SHA-384; r and s, fixed length, behind each other. */
  ES384(96, 96, 48),
  /** EdDSA over Curve25519 (RFC 8032). */
  ED25519(64, 32, 32),
  /** EdDSA over Curve448 (RFC 8032), with an empty context. */
  ED448(114, 57, 57);

  private final int signatureOctets;
  private final int publicKeyOctets;
  private final int privateKeyOctets;

  SignatureAlgorithm(int signatureOctets, int publicKeyOctets, int privateKeyOctets) {
    this.signatureOctets = signatureOctets;
    this.publicKeyOctets = publicKeyOctets;
    this.privateKeyOctets = privateKeyOctets;
  }

  /** Length of a signature in octets. */
  public int signatureOctets() {
    return signatureOctets;
  }

  /** Length of a public key: for ECDSA x and y behind each other, for EdDSA the encoded point. */
  public int publicKeyOctets() {
    return publicKeyOctets;
  }

  /** Length of a private key: for ECDSA the big-endian scalar, for EdDSA the seed. */
  public int privateKeyOctets() {
    return privateKeyOctets;
  }
}
