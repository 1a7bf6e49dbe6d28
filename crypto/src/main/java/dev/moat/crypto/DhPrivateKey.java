package dev.moat.crypto;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;

/** A private key for key agreement, ephemeral or static. May be shared among threads. */
public interface DhPrivateKey extends AutoCloseable {
  /** The curve. */
  DhCurve curve();

  /** The coordinate of the public key, as it goes over the wire. */
  Bytes publicKey();

  /**
   * The shared secret, the caller's to close.
   *
   * @throws KeyMaterialException ZERO_SHARED_SECRET
   * @throws IllegalArgumentException when the curves differ
   * @throws IllegalStateException after {@link #close()}
   */
  SecretBytes agree(DhPublicKey peer) throws KeyMaterialException;

  /** Erases the key as far as the platform allows; a second call does nothing. */
  @Override
  void close();
}
