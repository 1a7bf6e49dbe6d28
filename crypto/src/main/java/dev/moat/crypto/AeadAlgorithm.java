package dev.moat.crypto;

/** An algorithm for authenticated encryption with additional data, with its sizes in octets. */
public enum AeadAlgorithm {
  /** AES-CCM, 128-bit key, 64-bit tag, 13-octet nonce: OSCORE's default. */
  AES_CCM_16_64_128(16, 13, 8),
  /** AES-CCM, 256-bit key, 64-bit tag, 13-octet nonce. */
  AES_CCM_16_64_256(32, 13, 8),
  /** AES-CCM, 128-bit key, 64-bit tag, 7-octet nonce. */
  AES_CCM_64_64_128(16, 7, 8),
  /** AES-CCM, 256-bit key, 64-bit tag, 7-octet nonce. */
  AES_CCM_64_64_256(32, 7, 8),
  /** AES-CCM, 128-bit key, 128-bit tag, 13-octet nonce. */
  AES_CCM_16_128_128(16, 13, 16),
  /** AES-CCM, 256-bit key, 128-bit tag, 13-octet nonce. */
  AES_CCM_16_128_256(32, 13, 16),
  /** AES-CCM, 128-bit key, 128-bit tag, 7-octet nonce. */
  AES_CCM_64_128_128(16, 7, 16),
  /** AES-CCM, 256-bit key, 128-bit tag, 7-octet nonce. */
  AES_CCM_64_128_256(32, 7, 16),
  /** AES-GCM, 128-bit key. */
  AES_GCM_128(16, 12, 16),
  /** AES-GCM, 192-bit key. */
  AES_GCM_192(24, 12, 16),
  /** AES-GCM, 256-bit key. */
  AES_GCM_256(32, 12, 16),
  /** ChaCha20 with Poly1305 (RFC 8439). */
  CHACHA20_POLY1305(32, 12, 16);

  private final int keyOctets;
  private final int nonceOctets;
  private final int tagOctets;

  AeadAlgorithm(int keyOctets, int nonceOctets, int tagOctets) {
    this.keyOctets = keyOctets;
    this.nonceOctets = nonceOctets;
    this.tagOctets = tagOctets;
  }

  /** Length of the key in octets. */
  public int keyOctets() {
    return keyOctets;
  }

  /** Length of the nonce in octets. */
  public int nonceOctets() {
    return nonceOctets;
  }

  /** Length of the authentication tag in octets, which stands behind the ciphertext. */
  public int tagOctets() {
    return tagOctets;
  }
}
