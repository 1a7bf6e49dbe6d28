package dev.moat.crypto;

/**
 * What differs between the ciphers behind {@link JdkAead}, which has checked every length and range
 * before. Owned by one thread.
 */
interface AeadMode {
  /** As {@link Aead#seal}. */
  void seal(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length);

  /** As {@link Aead#open}; {@code length} is at least that of a tag. */
  boolean open(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length);

  /** The longest plaintext that the mode can encrypt, in octets. */
  int maxPlaintextOctets();

  /** Lets go of the key and overwrites the working memory. */
  void erase();
}
