package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.DerivedKeys;
import dev.moat.oscore.context.KeySchedule;
import dev.moat.oscore.context.NonceBase;

/** Compares derived keys with those that a vector states (RFC 8613, Section 3.2.1). */
final class KeyDerivation {
  private KeyDerivation() {}

  /** Every output, the info structures and the nonces of Partial IV 0, as far as stated. */
  static void compare(
      JsonNode stated, ContextParameters parameters, Crypto crypto, Findings found) {
    try (DerivedKeys keys = KeySchedule.derive(parameters, crypto)) {
      secret("sender_key", stated, keys.senderKey(), found);
      secret("recipient_key", stated, keys.recipientKey(), found);
      found.asStated("common_iv", stated, keys.commonIv());
      nonce("sender_nonce_piv0", stated, keys.commonIv(), parameters.senderId(), found);
      nonce("recipient_nonce_piv0", stated, keys.commonIv(), parameters.recipientId(), found);
    }
    info("info_sender_key", stated, parameters, parameters.senderId(), found);
    info("info_recipient_key", stated, parameters, parameters.recipientId(), found);
    AeadAlgorithm aead = parameters.aead();
    Bytes iv =
        KeySchedule.info(Bytes.empty(), parameters.idContext(), aead, "IV", aead.nonceOctets());
    found.asStated("info_common_iv", stated, iv);
  }

  private static void info(
      String member, JsonNode stated, ContextParameters parameters, Bytes id, Findings found) {
    AeadAlgorithm aead = parameters.aead();
    Bytes info = KeySchedule.info(id, parameters.idContext(), aead, "Key", aead.keyOctets());
    found.asStated(member, stated, info);
  }

  private static void nonce(
      String member, JsonNode stated, Bytes commonIv, Bytes id, Findings found) {
    byte[] nonce = new byte[commonIv.length()];
    new NonceBase(commonIv, id).write(0, nonce);
    found.asStated(member, stated, Bytes.owned(nonce));
  }

  private static void secret(String member, JsonNode stated, SecretBytes key, Findings found) {
    found.asStated(member, stated, key.use(Bytes::copyOf));
  }
}
