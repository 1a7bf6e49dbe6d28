package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/** The primitives. Implementations may be shared among threads. */
public interface Crypto {
  /**
   * A keyed cipher of its own for the calling thread, which closes it.
   *
   * @throws IllegalArgumentException when the key's length is not the algorithm's
   */
  Aead aead(AeadAlgorithm algorithm, SecretBytes key);

  /** HKDF-Extract (RFC 5869, Section 2.2); an empty salt stands for zeros. */
  SecretBytes hkdfExtract(HashAlgorithm hash, Bytes salt, SecretBytes inputKeyingMaterial);

  /**
   * HKDF-Extract with a salt that is a secret itself.
   *
   * @see #hkdfExtract(HashAlgorithm, Bytes, SecretBytes)
   */
  default SecretBytes hkdfExtract(
      HashAlgorithm hash, SecretBytes salt, SecretBytes inputKeyingMaterial) {
    return salt.use(lent -> hkdfExtract(hash, Bytes.owned(lent), inputKeyingMaterial));
  }

  /** The hash of {@code input}. */
  Bytes hash(HashAlgorithm hash, Bytes input);

  /**
   * HKDF-Expand (RFC 5869, Section 2.3).
   *
   * @param octets 1 to 255 times the hash's length
   * @throws IllegalArgumentException when {@code octets} is outside of that range
   */
  SecretBytes hkdfExpand(HashAlgorithm hash, SecretBytes pseudorandomKey, Bytes info, int octets);
}
