package dev.moat.store;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.DerivedKeys;
import dev.moat.oscore.context.KeySchedule;

/**
 * Public names of a context's two keys. State is kept for keys, not for contexts: two contexts that
 * differ in the Recipient ID only would share the Sender Key and all nonces, and ones that differ
 * in the Sender ID only would take each other's old messages.
 *
 * @param sender names the Sender Key
 * @param recipient names the Recipient Key
 */
record KeyNames(Bytes sender, Bytes recipient) {
  private static final int LENGTH_OCTETS = 16;
  private static final Bytes LABEL = Bytes.utf8("moat store: name of a key");

  static KeyNames of(ContextParameters parameters, Crypto crypto) {
    try (DerivedKeys keys = KeySchedule.derive(parameters, crypto)) {
      return new KeyNames(name(keys.senderKey(), crypto), name(keys.recipientKey(), crypto));
    }
  }

  /** One-way, so that the name may lie about where the key may not. */
  private static Bytes name(SecretBytes key, Crypto crypto) {
    try (SecretBytes pseudorandomKey =
            crypto.hkdfExtract(HashAlgorithm.SHA_256, Bytes.empty(), key);
        SecretBytes name =
            crypto.hkdfExpand(HashAlgorithm.SHA_256, pseudorandomKey, LABEL, LENGTH_OCTETS)) {
      return name.use(Bytes::copyOf);
    }
  }
}
