package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.suite.EdhocHash;

/**
 * A key that both sides have (draft-ietf-lake-edhoc-psk).
 *
 * @param kid names it in messages
 * @param key the key, closed with what holds this
 * @param credI CRED_I in CBOR
 * @param credR CRED_R in CBOR
 */
record SharedKey(Bytes kid, SecretBytes key, Bytes credI, Bytes credR) {
  /** The key as the side of {@code role} has it, for suites with {@code hash}. */
  PskCredential of(Role role, EdhocHash hash) {
    boolean initiates = role == Role.INITIATOR;
    try (SecretBytes own = SecretBytes.copyOf((initiates ? credI : credR).toArray());
        SecretBytes peer = SecretBytes.copyOf((initiates ? credR : credI).toArray())) {
      return PskCredential.of(kid, key, own, peer, hash);
    }
  }

  /** Without the credentials, which have the key in them. */
  @Override
  public String toString() {
    return "SharedKey[" + kid + "]";
  }
}
