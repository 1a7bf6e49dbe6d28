package dev.moat.cli.keys;

import dev.moat.bytes.SecretBytes;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import java.util.function.Function;

/** A key as it stands in a file. Closing it erases what is secret of it. */
public sealed interface StoredKey extends AutoCloseable {
  /** The one of the three results that fits the kind of key. */
  <T> T fold(
      Function<PrivateKey, T> ofPair,
      Function<PublicKey, T> ofPublic,
      Function<SecretBytes, T> ofShared);

  /** True when nobody else may see it. */
  default boolean isSecret() {
    return fold(pair -> true, open -> false, shared -> true);
  }

  /** What others may see: a pair's public part. */
  default StoredKey publicPart() {
    return fold(
        pair -> new Public(pair.publicKey()),
        Public::new,
        shared -> {
          throw new IllegalArgumentException("a symmetric key has no public part");
        });
  }

  @Override
  default void close() {
    boolean unused =
        fold(
            pair -> {
              pair.close();
              return true;
            },
            open -> true,
            shared -> {
              shared.close();
              return true;
            });
  }

  /**
   * A private key with its public part.
   *
   * @param key owned by this record
   */
  record Pair(PrivateKey key) implements StoredKey {
    @Override
    public <T> T fold(
        Function<PrivateKey, T> ofPair,
        Function<PublicKey, T> ofPublic,
        Function<SecretBytes, T> ofShared) {
      return ofPair.apply(key);
    }
  }

  /**
   * A public key.
   *
   * @param key the key
   */
  record Public(PublicKey key) implements StoredKey {
    @Override
    public <T> T fold(
        Function<PrivateKey, T> ofPair,
        Function<PublicKey, T> ofPublic,
        Function<SecretBytes, T> ofShared) {
      return ofPublic.apply(key);
    }
  }

  /**
   * A symmetric key.
   *
   * @param key owned by this record
   */
  record Shared(SecretBytes key) implements StoredKey {
    @Override
    public <T> T fold(
        Function<PrivateKey, T> ofPair,
        Function<PublicKey, T> ofPublic,
        Function<SecretBytes, T> ofShared) {
      return ofShared.apply(key);
    }
  }
}
