package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import java.util.Optional;

/** AES-CCM gives the stated ciphertext, and opens it again (RFC 3610, Section 8). */
final class AesCcmCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    Bytes nonce = Json.octets(testCase, "nonce");
    int tag = testCase.path("tag_length").asInt();
    try (SecretBytes key = Json.secret(testCase, "key")) {
      TestedAead aead = TestedAead.of("AES_CCM", key, nonce.length(), tag).orElseThrow();
      check(aead, nonce, testCase, findings);
    }
  }

  private static void check(TestedAead aead, Bytes nonce, JsonNode testCase, Findings findings) {
    Bytes aad =
        Json.optional(testCase, "aad")
            .orElseGet(() -> Bytes.owned(new byte[testCase.path("aad_zero_bytes").asInt()]));
    Bytes plaintext = Json.octets(testCase, "plaintext");
    Bytes ciphertext = Json.octets(testCase, "ciphertext_with_tag");
    findings.same("ciphertext_with_tag", ciphertext, aead.seal(nonce, aad, plaintext));
    findings.same("plaintext", Optional.of(plaintext), aead.open(nonce, aad, ciphertext));
  }
}
