package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import java.util.Arrays;

/** The primitives by the JDK alone; AES-CCM is composed of its AES. May be shared among threads. */
public final class JdkCrypto implements Crypto {
  private JdkCrypto() {}

  /** The primitives of the running JDK. */
  public static JdkCrypto create() {
    return new JdkCrypto();
  }

  @Override
  public Aead aead(AeadAlgorithm algorithm, SecretBytes key) {
    if (key.length() != algorithm.keyOctets()) {
      throw new IllegalArgumentException(
          "a key for %s has %d octets, not %d"
              .formatted(algorithm, algorithm.keyOctets(), key.length()));
    }
    return new JdkAead(algorithm, key.use(octets -> mode(algorithm, octets)));
  }

  private static AeadMode mode(AeadAlgorithm algorithm, byte[] key) {
    return switch (algorithm) {
      case AES_GCM_128, AES_GCM_192, AES_GCM_256 -> new ProviderMode(ProviderMode.Family.GCM, key);
      case CHACHA20_POLY1305 -> new ProviderMode(ProviderMode.Family.CHACHA, key);
      case AES_CCM_16_64_128,
          AES_CCM_16_64_256,
          AES_CCM_64_64_128,
          AES_CCM_64_64_256,
          AES_CCM_16_128_128,
          AES_CCM_16_128_256,
          AES_CCM_64_128_128,
          AES_CCM_64_128_256 ->
          new CcmMode(key, algorithm.nonceOctets(), algorithm.tagOctets());
    };
  }

  @Override
  public Bytes hash(HashAlgorithm hash, Bytes input) {
    return Bytes.owned(JdkCiphers.digest(hash).digest(input.toArray()));
  }

  /** An empty salt needs no special case: HMAC pads its key with zeros. */
  @Override
  public SecretBytes hkdfExtract(HashAlgorithm hash, Bytes salt, SecretBytes inputKeyingMaterial) {
    try (Hmac hmac = new Hmac(hash, salt.toArray())) {
      return owned(inputKeyingMaterial.use(hmac::of));
    }
  }

  @Override
  public SecretBytes hkdfExpand(
      HashAlgorithm hash, SecretBytes pseudorandomKey, Bytes info, int octets) {
    if (octets < 1 || octets > 255 * hash.octets()) {
      throw new IllegalArgumentException(
          "HKDF-Expand gives 1 to %d octets, not %d".formatted(255 * hash.octets(), octets));
    }
    try (Hmac hmac = pseudorandomKey.use(key -> new Hmac(hash, key))) {
      return owned(expand(hmac, hash, info.toArray(), octets));
    }
  }

  /** T(1) | T(2) | ... cut to length (RFC 5869, Section 2.3). */
  private static byte[] expand(Hmac hmac, HashAlgorithm hash, byte[] info, int octets) {
    byte[] output = new byte[octets];
    byte[] block = new byte[0];
    for (int done = 0; done < octets; done += hash.octets()) {
      byte[] next = hmac.of(block, info, new byte[] {(byte) (done / hash.octets() + 1)});
      Arrays.fill(block, (byte) 0);
      block = next;
      System.arraycopy(block, 0, output, done, Math.min(block.length, octets - done));
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  private static SecretBytes owned(byte[] secret) {
    try {
      return SecretBytes.copyOf(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
