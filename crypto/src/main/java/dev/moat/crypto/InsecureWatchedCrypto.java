package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/**
 * The primitives of {@code crypto}, seen by a subclass with every key, nonce and plaintext that
 * they are given: for runners of vectors, and for tests that no nonce comes twice.
 */
public abstract class InsecureWatchedCrypto implements Crypto {
  private final Crypto crypto;

  /** Lets {@code crypto} do the work. */
  protected InsecureWatchedCrypto(Crypto crypto) {
    this.crypto = crypto;
  }

  /** Called before a message is sealed; what it throws keeps the message from being sealed. */
  protected void sealing(Bytes key, Bytes nonce) {}

  /** Called after a message was sealed. */
  protected void sealed(Use use) {}

  /** Called after a message was opened; not when it failed to verify. */
  protected void opened(Use use) {}

  /** Called after a hash was computed. */
  protected void hashed(Bytes input, Bytes hash) {}

  /** Called after a key was extracted (salt and input) or expanded (key and info). */
  protected void derived(Derivation derivation) {}

  @Override
  public final Aead aead(AeadAlgorithm algorithm, SecretBytes key) {
    return new Watched(crypto.aead(algorithm, key), key.use(Bytes::copyOf));
  }

  @Override
  public final Bytes hash(HashAlgorithm hash, Bytes input) {
    Bytes output = crypto.hash(hash, input);
    hashed(input, output);
    return output;
  }

  @Override
  public final SecretBytes hkdfExtract(
      HashAlgorithm hash, Bytes salt, SecretBytes inputKeyingMaterial) {
    SecretBytes key = crypto.hkdfExtract(hash, salt, inputKeyingMaterial);
    Bytes noted = Bytes.copyOf(salt.toArray()); // a salt may be a view of a secret that is lent
    derived(new Derivation(noted, inputKeyingMaterial.use(Bytes::copyOf), key.use(Bytes::copyOf)));
    return key;
  }

  @Override
  public final SecretBytes hkdfExpand(
      HashAlgorithm hash, SecretBytes pseudorandomKey, Bytes info, int octets) {
    SecretBytes output = crypto.hkdfExpand(hash, pseudorandomKey, info, octets);
    derived(new Derivation(pseudorandomKey.use(Bytes::copyOf), info, output.use(Bytes::copyOf)));
    return output;
  }

  /**
   * One derivation of a key.
   *
   * @param key the salt, or the key that is expanded
   * @param input the input keying material, or the info
   * @param output the key that came out
   */
  public record Derivation(Bytes key, Bytes input, Bytes output) {
    /** No key. */
    @Override
    public String toString() {
      return "a derivation of " + output.length() + " octets";
    }
  }

  /**
   * One message that was sealed or opened.
   *
   * @param ciphertext with the tag
   */
  public record Use(Bytes key, Bytes nonce, Bytes aad, Bytes plaintext, Bytes ciphertext) {
    /** Neither key nor plaintext. */
    @Override
    public String toString() {
      return "a message of " + plaintext.length() + " octets under nonce " + nonce.toHex();
    }
  }

  private final class Watched implements Aead {
    private final Aead aead;
    private final Bytes key;

    Watched(Aead aead, Bytes key) {
      this.aead = aead;
      this.key = key;
    }

    @Override
    public AeadAlgorithm algorithm() {
      return aead.algorithm();
    }

    @Override
    public void seal(
        byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
      Bytes noted = Bytes.copyOf(nonce);
      sealing(key, noted);
      Bytes plaintext = Bytes.copyOf(buffer, offset, length);
      aead.seal(nonce, aad, aadLength, buffer, offset, length);
      Bytes ciphertext = Bytes.copyOf(buffer, offset, length + algorithm().tagOctets());
      sealed(new Use(key, noted, Bytes.copyOf(aad, 0, aadLength), plaintext, ciphertext));
    }

    @Override
    public boolean open(
        byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int offset, int length) {
      Bytes ciphertext = Bytes.copyOf(buffer, offset, length);
      if (!aead.open(nonce, aad, aadLength, buffer, offset, length)) {
        return false;
      }
      Bytes plaintext = Bytes.copyOf(buffer, offset, length - algorithm().tagOctets());
      Bytes noted = Bytes.copyOf(nonce);
      opened(new Use(key, noted, Bytes.copyOf(aad, 0, aadLength), plaintext, ciphertext));
      return true;
    }

    @Override
    public void close() {
      aead.close();
    }
  }
}
