package dev.moat.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) under one key, on the bare hash: unlike {@code javax.crypto.Mac} it takes a key
 * that can be erased. Owned by one thread.
 */
final class Hmac implements AutoCloseable {
  private final MessageDigest digest;
  private final byte[] innerPad;
  private final byte[] outerPad;

  /** The key stays the caller's to erase. */
  Hmac(HashAlgorithm hash, byte[] key) {
    digest = JdkCiphers.digest(hash);
    int blockOctets = hash == HashAlgorithm.SHA_256 ? 64 : 128;
    // "keys longer than B bytes are first hashed using H" (Section 2).
    byte[] shortened = key.length > blockOctets ? digest.digest(key) : key.clone();
    innerPad = Arrays.copyOf(shortened, blockOctets);
    outerPad = innerPad.clone();
    Arrays.fill(shortened, (byte) 0);
    for (int i = 0; i < blockOctets; i++) {
      innerPad[i] ^= 0x36;
      outerPad[i] ^= 0x5c;
    }
  }

  /** The MAC of {@code parts}, one behind the other. */
  byte[] of(byte[]... parts) {
    digest.update(innerPad);
    for (byte[] part : parts) {
      digest.update(part);
    }
    byte[] inner = digest.digest();
    digest.update(outerPad);
    digest.update(inner);
    Arrays.fill(inner, (byte) 0);
    return digest.digest();
  }

  @Override
  public void close() {
    Arrays.fill(innerPad, (byte) 0);
    Arrays.fill(outerPad, (byte) 0);
  }
}
