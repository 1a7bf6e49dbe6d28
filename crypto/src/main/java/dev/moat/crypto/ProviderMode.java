package dev.moat.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM and ChaCha20-Poly1305 as the JDK has them.
 *
 * <p>The JDK refuses to use one nonce twice in a row: ChaCha20-Poly1305 even for decryption, so
 * that one forged message would keep the genuine one out. Whose nonce it is decides the caller, as
 * {@link Aead} says, therefore another nonce is set in between; nothing is encrypted under it.
 * Owned by one thread.
 */
final class ProviderMode implements AeadMode {
  private static final int TAG_OCTETS = 16;

  private final Family family;
  private final Cipher cipher;
  private final int keyOctets;
  private SecretKeySpec key;
  private byte[] previousNonce = new byte[0];

  /** Copies the key. */
  ProviderMode(Family family, byte[] key) {
    this.family = family;
    this.cipher = JdkCiphers.cipher(family.transformation);
    this.keyOctets = key.length;
    this.key = family.key(key);
  }

  @Override
  public void seal(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
    try {
      start(Cipher.ENCRYPT_MODE, nonce, aad, aadLength);
      int unused = cipher.doFinal(buffer, offset, length, buffer, offset);
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  @Override
  public boolean open(
      byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
    try {
      start(Cipher.DECRYPT_MODE, nonce, aad, aadLength);
      int unused = cipher.doFinal(buffer, offset, length, buffer, offset);
      return true;
    } catch (AEADBadTagException forged) {
      // Whether a provider decrypts before it verifies is its own affair.
      Arrays.fill(buffer, offset, offset + length, (byte) 0);
      return false;
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  /** Both could do more than an array holds (RFC 8439, Section 2.8; SP 800-38D, Section 5.2.1). */
  @Override
  public int maxPlaintextOctets() {
    return Integer.MAX_VALUE - TAG_OCTETS;
  }

  /** Sets a key of zeros, so that the cipher drops what it derived from the real one. */
  @Override
  public void erase() {
    byte[] zeros = new byte[keyOctets];
    key = family.key(zeros);
    try {
      start(Cipher.ENCRYPT_MODE, new byte[12], zeros, 0);
    } catch (GeneralSecurityException impossible) {
      throw JdkCiphers.broken(impossible);
    }
  }

  private void start(int direction, byte[] nonce, byte[] aad, int aadLength)
      throws GeneralSecurityException {
    if (Arrays.equals(nonce, previousNonce)) {
      byte[] other = nonce.clone();
      other[0] ^= 1;
      cipher.init(direction, key, family.parameters(other));
    }
    cipher.init(direction, key, family.parameters(nonce));
    cipher.updateAAD(aad, 0, aadLength);
    previousNonce = nonce.clone();
  }

  /** The two ciphers, by their names in the JDK. */
  enum Family {
    GCM("AES/GCM/NoPadding", "AES"),
    CHACHA("ChaCha20-Poly1305", "ChaCha20");

    private final String transformation;
    private final String keyAlgorithm;

    Family(String transformation, String keyAlgorithm) {
      this.transformation = transformation;
      this.keyAlgorithm = keyAlgorithm;
    }

    private SecretKeySpec key(byte[] octets) {
      return new SecretKeySpec(octets, keyAlgorithm);
    }

    private AlgorithmParameterSpec parameters(byte[] nonce) {
      return this == GCM ? new GCMParameterSpec(8 * TAG_OCTETS, nonce) : new IvParameterSpec(nonce);
    }
  }
}
