package dev.moat.crypto;

/** A hash function, for HKDF and transcripts. */
public enum HashAlgorithm {
  /** SHA-256. */
  SHA_256(32),
  /** SHA-384. */
  SHA_384(48),
  /** SHA-512. */
  SHA_512(64);

  private final int octets;

  HashAlgorithm(int octets) {
    this.octets = octets;
  }

  /** Length of the hash in octets. */
  public int octets() {
    return octets;
  }
}
