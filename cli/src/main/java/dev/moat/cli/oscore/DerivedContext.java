package dev.moat.cli.oscore;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseAlgorithms;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.oscore.context.ContextFingerprint;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.DerivedKeys;
import dev.moat.oscore.context.KeySchedule;
import dev.moat.oscore.context.NonceBase;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a security context derives (RFC 8613, Section 3.2), as names and values to print. */
final class DerivedContext {
  private final Map<String, String> values = new LinkedHashMap<>();

  private DerivedContext() {}

  /**
   * The values, in order of printing; octets in hexadecimal digits.
   *
   * @param secrets true to include the keys
   */
  static Map<String, String> of(ContextParameters parameters, Crypto crypto, boolean secrets) {
    DerivedContext context = new DerivedContext();
    context.agreed(parameters);
    try (DerivedKeys keys = KeySchedule.derive(parameters, crypto)) {
      if (secrets) {
        context.values.put("Sender Key", hex(keys.senderKey()));
        context.values.put("Recipient Key", hex(keys.recipientKey()));
      }
      Bytes commonIv = keys.commonIv();
      context.values.put("Common IV", commonIv.toHex());
      context.values.put("first sender nonce", firstNonce(commonIv, parameters.senderId()));
      context.values.put("first recipient nonce", firstNonce(commonIv, parameters.recipientId()));
    }
    context.values.put("fingerprint", ContextFingerprint.of(parameters, crypto).toString());
    return context.values;
  }

  private void agreed(ContextParameters parameters) {
    AeadAlgorithm aead = parameters.aead();
    values.put("Sender ID", parameters.senderId().toHex());
    values.put("Recipient ID", parameters.recipientId().toHex());
    parameters.idContext().ifPresent(id -> values.put("ID Context", id.toHex()));
    values.put("Master Salt", parameters.masterSalt().toHex());
    values.put("AEAD algorithm", CoseAlgorithms.idOf(aead) + " " + AlgorithmNames.of(aead));
    values.put("key derivation", AlgorithmNames.of(parameters.hkdf()));
    values.put("replay window", Integer.toString(parameters.replayWindow()));
  }

  /** The nonce of Partial IV 0, which tells whether two sides agree without telling a key. */
  private static String firstNonce(Bytes commonIv, Bytes id) {
    byte[] nonce = new byte[commonIv.length()];
    new NonceBase(commonIv, id).write(0, nonce);
    return Bytes.owned(nonce).toHex();
  }

  private static String hex(SecretBytes key) {
    return key.use(Bytes::copyOf).toHex();
  }
}
