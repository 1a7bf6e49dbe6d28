package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.JdkCrypto;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.DerivedKeys;
import dev.moat.oscore.context.KeySchedule;
import dev.moat.oscore.context.NonceBase;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.protect.Protector;
import java.util.Optional;

/**
 * A captured request whose sender made its kid up and kept its key: the server must not find a
 * context (RFC 8613, Section 8.2, step 2), although the ciphertext is right.
 */
final class UnknownKid {
  private UnknownKid() {}

  /** Checks the refusal, and the stated fields with the key that the sender had. */
  static void check(
      ContextParameters server, VectorMessage wire, JsonNode stated, Findings findings) {
    ciphertext(server, stated, findings);
    JdkCrypto crypto = JdkCrypto.create();
    try (SecurityContext context = VectorContext.derive(server, crypto, 0);
        Protector protector = new Protector(crypto)) {
      findings.problem("accepted as " + protector.unprotectRequest(context, wire.request()));
    } catch (OscoreException e) {
      findings.same("reason of the refusal", Reason.CONTEXT_NOT_FOUND, e.reason());
    }
  }

  private static void ciphertext(ContextParameters server, JsonNode stated, Findings findings) {
    try (DerivedKeys keys = KeySchedule.derive(server, JdkCrypto.create())) {
      byte[] nonce = new byte[keys.commonIv().length()];
      long number = VectorContext.number(Json.optional(stated, "partial_iv"));
      new NonceBase(keys.commonIv(), Json.octets(stated, "kid")).write(number, nonce);
      findings.same("nonce", Json.octets(stated, "nonce"), Bytes.owned(nonce));
      Optional<Bytes> opened =
          new TestedAead.Registered(server.aead(), keys.recipientKey())
              .open(
                  Json.octets(stated, "nonce"),
                  Json.octets(stated, "aad"),
                  Json.octets(stated, "ciphertext"));
      findings.same("plaintext", Json.optional(stated, "plaintext"), opened);
    }
  }
}
