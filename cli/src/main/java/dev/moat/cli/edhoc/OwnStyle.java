package dev.moat.cli.edhoc;

import dev.moat.cli.entry.Entry;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialType;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.Crypto;

/**
 * How the own credential is named in messages: {@code by-key-id} (the kid of a claims set, the hash
 * of a certificate), {@code by-value}, or one way in particular.
 */
final class OwnStyle {
  private static final String MEMBER = "own-cred-style";

  private final Entry entry;
  private final Crypto crypto;

  OwnStyle(Entry entry, Crypto crypto) {
    this.entry = entry;
    this.crypto = crypto;
  }

  /** ID_CRED_x. */
  IdCred of(Credential credential) {
    boolean certificate = credential.type() == CredentialType.X509;
    String style = entry.text(MEMBER).orElse(certificate ? "by-value" : "by-key-id");
    return switch (style) {
      case "by-key-id" -> certificate ? x5t(credential) : kid(credential);
      case "by-value" -> certificate ? x5chain(credential) : kccs(credential);
      case "kid" -> kid(credential);
      case "kccs" -> kccs(credential);
      case "x5t" -> x5t(credential);
      case "x5chain" -> x5chain(credential);
      default ->
          throw wrong(
              "names a way that is not known here",
              "Choose by-key-id, by-value, kid, kccs, x5t or x5chain.");
    };
  }

  private IdCred kid(Credential credential) {
    if (credential.kid().isEmpty()) {
      throw wrong(
          "needs a key identifier (kid, 2) in the credential's key",
          "Add one, or send the credential by-value.");
    }
    return IdCred.kid(credential.kid().get());
  }

  private IdCred kccs(Credential credential) {
    require(credential, CredentialType.CCS, "a claims set");
    return IdCred.kccs(credential.encoded());
  }

  private IdCred x5t(Credential credential) {
    require(credential, CredentialType.X509, "a certificate");
    return IdCred.x5tOf(crypto, credential.chain().get(0));
  }

  private IdCred x5chain(Credential credential) {
    require(credential, CredentialType.X509, "a certificate");
    return IdCred.x5chain(credential.chain());
  }

  private void require(Credential credential, CredentialType type, String words) {
    if (credential.type() != type) {
      throw wrong(
          "names " + words + ", which the credential is not", "Write by-key-id or by-value.");
    }
  }

  private RuntimeException wrong(String rule, String advice) {
    return entry.place().member(MEMBER).misuse(rule, advice);
  }
}
