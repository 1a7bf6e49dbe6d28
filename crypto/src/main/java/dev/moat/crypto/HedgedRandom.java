package dev.moat.crypto;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A random source that mixes a long-term secret into another one (RFC 8937), so that a broken,
 * cloned or constant source still gives values that only the owner of the secret can predict:
 *
 * <pre>{@code G'(n) = Expand(Extract(H(Sig(sk, tag1)), G(L)), tag2, n)}</pre>
 *
 * <p>tag1 is bound to the device and to this use, tag2 is what the caller knows to be unique, such
 * as the time of construction, and the number of the call. Two wrappers with one secret, one
 * device, one such value and one constant source repeat each other: nothing can tell them apart.
 *
 * <p>With a Diffie-Hellman key or a symmetric secret a PRF stands in for the signature (RFC 9528,
 * Section 9.8). Only what was derived from the secret is kept. May be shared among threads.
 */
public final class HedgedRandom implements RandomSource, AutoCloseable {
  private static final HashAlgorithm HASH = HashAlgorithm.SHA_256;

  /** Keeps the signature apart from every other that the key makes (RFC 8937, Section 4). */
  private static final Bytes USE = Bytes.utf8("Moat randomness wrapper (RFC 8937)\0");

  private final Crypto crypto;
  private final RandomSource source;
  private final SecretBytes secret;
  private final Bytes unique;
  private final AtomicLong calls = new AtomicLong();

  private HedgedRandom(Crypto crypto, RandomSource source, Bytes unique, SecretBytes secret) {
    this.crypto = crypto;
    this.source = source;
    this.secret = secret;
    this.unique = unique;
  }

  /**
   * Mixes in a signature. The key's algorithm is to be deterministic: ECDSA that draws its nonces
   * from the very source to be mended would give the key away (Section 3). It signs once, here.
   *
   * @param device different for every device and process that has the key
   * @param unique different for every construction, such as the time
   */
  public static HedgedRandom of(
      Crypto crypto, RandomSource source, Bytes device, Bytes unique, SigningKey key) {
    return over(crypto, source, unique, key.sign(USE.plus(device)));
  }

  /**
   * Mixes in a static Diffie-Hellman key: the PRF is keyed with its secret shared with itself,
   * which takes the private key to compute.
   *
   * @see #of(Crypto, RandomSource, Bytes, Bytes, SigningKey)
   * @throws KeyMaterialException when {@code curves} does not take the key's own public key
   */
  public static HedgedRandom of(
      Crypto crypto,
      Curves curves,
      RandomSource source,
      Bytes device,
      Bytes unique,
      DhPrivateKey key)
      throws KeyMaterialException {
    DhPublicKey own = curves.publicKey(key.curve(), key.publicKey());
    try (SecretBytes shared = key.agree(own)) {
      return of(crypto, source, device, unique, shared);
    }
  }

  /**
   * Mixes in a symmetric secret, such as a pre-shared key, by HKDF; the secret stays the caller's.
   *
   * @see #of(Crypto, RandomSource, Bytes, Bytes, SigningKey)
   */
  public static HedgedRandom of(
      Crypto crypto, RandomSource source, Bytes device, Bytes unique, SecretBytes key) {
    try (SecretBytes pseudorandom = crypto.hkdfExtract(HASH, USE, key);
        SecretBytes tag = crypto.hkdfExpand(HASH, pseudorandom, USE.plus(device), HASH.octets())) {
      return over(crypto, source, unique, tag.use(Bytes::copyOf));
    }
  }

  private static HedgedRandom over(
      Crypto crypto, RandomSource source, Bytes unique, Bytes signature) {
    SecretBytes secret = SecretBytes.owned(crypto.hash(HASH, signature).toArray());
    return new HedgedRandom(crypto, source, unique, secret);
  }

  /**
   * Overwrites all of {@code target}; in one call of the construction for every L octets, as
   * Section 6 asks for.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  @Override
  public void fill(byte[] target) {
    int step = HASH.octets();
    for (int done = 0; done < target.length; done += step) {
      int octets = Math.min(step, target.length - done);
      try (SecretBytes block = block(octets)) {
        int start = done;
        int unused = block.use(lent -> copy(lent, target, start));
      }
    }
  }

  private static int copy(byte[] block, byte[] target, int start) {
    System.arraycopy(block, 0, target, start, block.length);
    return block.length;
  }

  private SecretBytes block(int octets) {
    Bytes tag2 =
        new ByteWriter(8 + unique.length())
            .uint(calls.getAndIncrement(), 8)
            .bytes(unique)
            .toBytes();
    try (SecretBytes drawn = SecretBytes.random(HASH.octets(), source);
        SecretBytes pseudorandom = crypto.hkdfExtract(HASH, secret, drawn)) {
      return crypto.hkdfExpand(HASH, pseudorandom, tag2, octets);
    }
  }

  /** Erases what was derived from the secret; a second call does nothing. */
  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "HedgedRandom[" + HASH + "]";
  }
}
