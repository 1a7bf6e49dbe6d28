package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.Once;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.EncStructure;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import java.util.Optional;

/**
 * K_3 and IV_3, or K_4 and IV_4: the key of exactly one message. It seals once, because another
 * message under the same key and vector would give both away; it may open as often as forged
 * messages arrive.
 */
public final class MessageKey implements AutoCloseable {
  private final AeadAlgorithm algorithm;
  private final SecretBytes key;
  private final Once<Bytes> iv;

  MessageKey(AeadAlgorithm algorithm, SecretBytes key, Bytes iv) {
    this.algorithm = algorithm;
    this.key = key;
    this.iv = new Once<>(iv);
  }

  /**
   * The ciphertext of a COSE_Encrypt0 with an empty protected header (RFC 9528, Appendix C.3).
   *
   * @param externalAad a transcript hash
   * @throws IllegalStateException when it sealed before, or was closed
   */
  public Bytes seal(Crypto crypto, Bytes externalAad, Bytes plaintext) {
    byte[] aad = EncStructure.of(Bytes.empty(), externalAad).toArray();
    byte[] buffer = new byte[plaintext.length() + algorithm.tagOctets()];
    plaintext.copyTo(buffer, 0);
    byte[] nonce = iv.take().toArray();
    try (Aead aead = crypto.aead(algorithm, key)) {
      aead.seal(nonce, aad, aad.length, buffer, 0, plaintext.length());
    }
    return Bytes.owned(buffer);
  }

  /**
   * Verifies and decrypts.
   *
   * @param externalAad a transcript hash
   * @return empty when the tag is wrong or the ciphertext shorter than a tag
   * @throws IllegalStateException when it sealed before, or was closed
   */
  public Optional<Opened> open(Crypto crypto, Bytes externalAad, Bytes ciphertext) {
    byte[] aad = EncStructure.of(Bytes.empty(), externalAad).toArray();
    byte[] buffer = ciphertext.toArray();
    byte[] nonce = iv.look().toArray();
    try (Aead aead = crypto.aead(algorithm, key)) {
      return aead.open(nonce, aad, aad.length, buffer, 0, buffer.length)
          ? Optional.of(new Opened(Bytes.owned(buffer, 0, buffer.length - algorithm.tagOctets())))
          : Optional.empty();
    }
  }

  /** Erases the key. */
  @Override
  public void close() {
    key.close();
  }

  /** Evidence that someone who has the key made a message; only {@link #open} makes it. */
  public static final class Opened {
    private final Bytes plaintext;

    private Opened(Bytes plaintext) {
      this.plaintext = plaintext;
    }

    /** What the message said. */
    public Bytes plaintext() {
      return plaintext;
    }
  }
}
