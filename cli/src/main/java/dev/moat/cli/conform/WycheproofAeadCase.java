package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import java.util.Locale;
import java.util.Optional;

/**
 * A test of authenticated encryption by Wycheproof: what is valid seals and opens as stated, what
 * is invalid does not open.
 */
final class WycheproofAeadCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    String algorithm = Json.text(testCase, "algorithm");
    String family = algorithm.toUpperCase(Locale.ROOT).replace('-', '_');
    int nonce = Json.octets(testCase, "iv").length();
    int tag = testCase.path("tagSize").asInt() / Byte.SIZE;
    try (SecretBytes key = Json.secret(testCase, "key")) {
      Optional<TestedAead> aead = TestedAead.of(family, key, nonce, tag);
      if (aead.isEmpty()) {
        findings.notRun(
            algorithm
                + (" with a key of " + key.length())
                + (", a nonce of " + nonce)
                + (" and a tag of " + tag + " octets is not supported"));
        return;
      }
      check(aead.get(), testCase, findings);
    }
  }

  private static void check(TestedAead aead, JsonNode testCase, Findings findings) {
    Bytes nonce = Json.octets(testCase, "iv");
    Bytes aad = Json.octets(testCase, "aad");
    Bytes message = Json.octets(testCase, "msg");
    Bytes ciphertext = Json.octets(testCase, "ct").plus(Json.octets(testCase, "tag"));
    Optional<Bytes> opened = aead.open(nonce, aad, ciphertext);
    switch (Json.text(testCase, "result")) {
      case "valid" -> {
        findings.same("plaintext", Optional.of(message), opened);
        findings.same("ciphertext", ciphertext, aead.seal(nonce, aad, message));
      }
      case "invalid" -> findings.same("opened", Optional.empty(), opened);
      case "acceptable" -> opened.ifPresent(text -> findings.same("plaintext", message, text));
      default -> findings.problem("result is none of valid, invalid, acceptable");
    }
  }
}
