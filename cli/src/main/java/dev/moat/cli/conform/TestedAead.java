package dev.moat.cli.conform;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.InsecureCcm;
import dev.moat.crypto.JdkCrypto;
import java.util.Arrays;
import java.util.Optional;

/** Authenticated encryption of production under the key of a case, one message at a time. */
interface TestedAead {
  /** The ciphertext with its tag. */
  Bytes seal(Bytes nonce, Bytes aad, Bytes plaintext);

  /** The plaintext; empty when the tag is wrong. */
  Optional<Bytes> open(Bytes nonce, Bytes aad, Bytes ciphertext);

  /**
   * The algorithm of a family with these sizes in octets; empty when there is none. AES-CCM runs
   * with sizes too that no COSE algorithm has.
   */
  static Optional<TestedAead> of(String family, SecretBytes key, int nonce, int tag) {
    Optional<AeadAlgorithm> algorithm =
        Arrays.stream(AeadAlgorithm.values())
            .filter(one -> !family.isEmpty() && one.name().startsWith(family))
            .filter(one -> one.keyOctets() == key.length() && one.tagOctets() == tag)
            .filter(one -> one.nonceOctets() == nonce)
            .findFirst();
    if (algorithm.isEmpty() && family.equals("AES_CCM")) {
      return Optional.of(new AnySizes(key, tag));
    }
    return algorithm.map(one -> new Registered(one, key));
  }

  /** An algorithm of the COSE registry. */
  record Registered(AeadAlgorithm algorithm, SecretBytes key) implements TestedAead {
    private static final Crypto CRYPTO = JdkCrypto.create();

    @Override
    public Bytes seal(Bytes nonce, Bytes aad, Bytes plaintext) {
      int length = plaintext.length();
      byte[] buffer = Arrays.copyOf(plaintext.toArray(), length + algorithm.tagOctets());
      try (Aead aead = CRYPTO.aead(algorithm, key)) {
        aead.seal(nonce.toArray(), aad.toArray(), aad.length(), buffer, 0, length);
      }
      return Bytes.owned(buffer);
    }

    /** Opens twice with one cipher: a forged message must not keep it from opening the next. */
    @Override
    public Optional<Bytes> open(Bytes nonce, Bytes aad, Bytes ciphertext) {
      try (Aead aead = CRYPTO.aead(algorithm, key)) {
        Optional<Bytes> first = open(aead, nonce, aad, ciphertext);
        Optional<Bytes> second = open(aead, nonce, aad, ciphertext);
        if (!first.equals(second)) {
          throw new IllegalArgumentException("opening twice gives two results");
        }
        return second;
      }
    }

    private static Optional<Bytes> open(Aead aead, Bytes nonce, Bytes aad, Bytes ciphertext) {
      byte[] buffer = ciphertext.toArray();
      byte[] data = aad.toArray();
      boolean opened = aead.open(nonce.toArray(), data, data.length, buffer, 0, buffer.length);
      int length = buffer.length - aead.algorithm().tagOctets();
      return opened ? Optional.of(Bytes.copyOf(buffer, 0, length)) : Optional.empty();
    }
  }

  /** AES-CCM with any sizes. */
  record AnySizes(SecretBytes key, int tag) implements TestedAead {
    @Override
    public Bytes seal(Bytes nonce, Bytes aad, Bytes plaintext) {
      try (InsecureCcm ccm = InsecureCcm.of(key, nonce.length(), tag)) {
        return ccm.seal(nonce, aad, plaintext);
      }
    }

    @Override
    public Optional<Bytes> open(Bytes nonce, Bytes aad, Bytes ciphertext) {
      try (InsecureCcm ccm = InsecureCcm.of(key, nonce.length(), tag)) {
        return ccm.open(nonce, aad, ciphertext);
      }
    }
  }
}
