package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import java.util.Arrays;
import java.util.Optional;

/**
 * AES-CCM with any sizes that RFC 3610 allows, for test vectors: tags of 4 octets are forged soon,
 * and no algorithm of ours has such sizes. Owned by one thread.
 */
public final class InsecureCcm implements AutoCloseable {
  private final CcmMode mode;
  private final int nonceOctets;
  private final int tagOctets;

  private InsecureCcm(CcmMode mode, int nonceOctets, int tagOctets) {
    this.mode = mode;
    this.nonceOctets = nonceOctets;
    this.tagOctets = tagOctets;
  }

  /**
   * Copies the key, of 16, 24 or 32 octets.
   *
   * @param nonceOctets 7 to 13
   * @param tagOctets 4, 6, ... 16
   * @throws IllegalArgumentException for other sizes
   */
  public static InsecureCcm of(SecretBytes key, int nonceOctets, int tagOctets) {
    CcmMode mode = key.use(octets -> new CcmMode(octets, nonceOctets, tagOctets));
    return new InsecureCcm(mode, nonceOctets, tagOctets);
  }

  /**
   * Ciphertext and tag.
   *
   * @throws IllegalArgumentException when the nonce has another length, or the plaintext is longer
   *     than the nonce's length allows
   */
  public Bytes seal(Bytes nonce, Bytes aad, Bytes plaintext) {
    requireNonce(nonce);
    int length = plaintext.length();
    if (length > mode.maxPlaintextOctets()) {
      throw new IllegalArgumentException("a plaintext of " + length + " octets");
    }
    byte[] buffer = Arrays.copyOf(plaintext.toArray(), length + tagOctets);
    mode.seal(nonce.toArray(), aad.toArray(), aad.length(), buffer, 0, length);
    return Bytes.owned(buffer);
  }

  /**
   * The plaintext; empty when the tag is wrong.
   *
   * @throws IllegalArgumentException when the nonce has another length
   */
  public Optional<Bytes> open(Bytes nonce, Bytes aad, Bytes ciphertextAndTag) {
    requireNonce(nonce);
    int length = ciphertextAndTag.length();
    int plaintext = length - tagOctets;
    byte[] buffer = ciphertextAndTag.toArray();
    return plaintext >= 0
            && plaintext <= mode.maxPlaintextOctets()
            && mode.open(nonce.toArray(), aad.toArray(), aad.length(), buffer, 0, length)
        ? Optional.of(Bytes.copyOf(buffer, 0, plaintext))
        : Optional.empty();
  }

  @Override
  public void close() {
    mode.erase();
  }

  private void requireNonce(Bytes nonce) {
    if (nonce.length() != nonceOctets) {
      throw new IllegalArgumentException("a nonce of " + nonce.length() + " octets");
    }
  }
}
