package dev.moat.edhoc.schedule;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;

/** What all pseudorandom keys have in common: the octets, and the functions that use them. */
final class Pseudorandom implements AutoCloseable {
  private final Kdf kdf;
  private final SecretBytes secret;

  Pseudorandom(Kdf kdf, SecretBytes secret) {
    this.kdf = kdf;
    this.secret = secret;
  }

  /** The key of a side that signs: the next key is this one (RFC 9528, Section 4.1.1). */
  Pseudorandom copy() {
    return new Pseudorandom(kdf, secretCopy());
  }

  SecretBytes secretCopy() {
    return secret.use(SecretBytes::copyOf);
  }

  /** The next key when another secret is mixed in, with a salt of {@code label} from this key. */
  Pseudorandom mixed(int label, Bytes th, SecretBytes inputKeyingMaterial) {
    try (SecretBytes salt = derive(label, th, kdf.hashOctets())) {
      return new Pseudorandom(kdf, kdf.extract(salt, inputKeyingMaterial));
    }
  }

  SecretBytes derive(int label, Bytes context, int octets) {
    return kdf.derive(secret, label, context, octets);
  }

  /** A key of the hash's length. */
  Pseudorandom next(int label, Bytes context) {
    return new Pseudorandom(kdf, derive(label, context, kdf.hashOctets()));
  }

  /** The key of {@code label} with the initialization vector of the label behind it. */
  MessageKey messageKey(int label, Bytes th, AeadAlgorithm algorithm) {
    SecretBytes key = derive(label, th, algorithm.keyOctets());
    try (SecretBytes iv = derive(label + 1, th, algorithm.nonceOctets())) {
      return new MessageKey(algorithm, key, iv.use(Bytes::copyOf));
    }
  }

  /**
   * A stream of any length: beyond what one derivation yields, several with falling labels (RFC
   * 9528, Appendix G).
   */
  Bytes xorKeystream(int label, Bytes th, Bytes text) {
    byte[] out = text.toArray();
    int part = kdf.maxOctets();
    for (int start = 0, i = 0; start < out.length; i++) {
      int octets = Math.min(part, out.length - start);
      xor(out, start, derive(label - i, th, octets));
      start += octets;
    }
    return Bytes.owned(out);
  }

  private static void xor(byte[] out, int start, SecretBytes keystream) {
    try (keystream) {
      byte[] unused =
          keystream.use(
              lent -> {
                for (int i = 0; i < lent.length; i++) {
                  out[start + i] ^= lent[i];
                }
                return out;
              });
    }
  }

  @Override
  public void close() {
    secret.close();
  }
}
