package dev.moat.oscore.protect;

import dev.moat.crypto.Aead;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.context.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * What a protector keeps of a context: its ciphers, made when first used, a buffer for nonces, and
 * the constant part of the AAD. Owned by one protector.
 */
final class KeyedContext implements AutoCloseable {
  private final SecurityContext context;
  private final Crypto crypto;
  private final byte[] nonce;
  private final byte[] ownRequests;
  private final byte[] peerRequests;
  private @Nullable Aead sealing;
  private @Nullable Aead opening;

  KeyedContext(SecurityContext context, Crypto crypto) {
    this.context = context;
    this.crypto = crypto;
    this.nonce = new byte[context.aead().nonceOctets()];
    this.ownRequests = AdditionalData.prefix(context.aead(), context.senderId());
    this.peerRequests = AdditionalData.prefix(context.aead(), context.recipientId());
  }

  SecurityContext context() {
    return context;
  }

  /** The beginning of the AAD, for requests of this endpoint or of its peer. */
  byte[] prefix(boolean ownRequest) {
    return ownRequest ? ownRequests : peerRequests;
  }

  /** The nonce of a Partial IV that this endpoint or its peer has generated; valid until next. */
  byte[] nonce(boolean own, long partialIv) {
    (own ? context.senderNonces() : context.recipientNonces()).write(partialIv, nonce);
    return nonce;
  }

  Aead sealing() throws OscoreException {
    Aead cipher = sealing;
    if (cipher == null) {
      cipher = context.senderCipher(crypto);
      sealing = cipher;
    }
    return cipher;
  }

  Aead opening() throws OscoreException {
    Aead cipher = opening;
    if (cipher == null) {
      cipher = context.recipientCipher(crypto);
      opening = cipher;
    }
    return cipher;
  }

  @Override
  public void close() {
    if (sealing != null) {
      sealing.close();
    }
    if (opening != null) {
      opening.close();
    }
  }
}
