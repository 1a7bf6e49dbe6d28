package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.JdkCrypto;
import java.util.Arrays;
import java.util.Optional;

/** A test of HKDF (RFC 5869) by Wycheproof. */
final class WycheproofHkdfCase implements CaseRunner {
  private static final Crypto CRYPTO = JdkCrypto.create();

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String name = Json.text(testCase, "algorithm");
    Optional<HashAlgorithm> hash =
        Arrays.stream(HashAlgorithm.values())
            .filter(one -> name.equals("HKDF-" + one.name().replace('_', '-')))
            .findFirst();
    if (hash.isEmpty()) {
      findings.notRun((name.isEmpty() ? "an unnamed algorithm" : name) + " is not yet supported");
      return;
    }
    Optional<Bytes> output = expand(hash.get(), testCase);
    switch (Json.text(testCase, "result")) {
      case "valid" -> findings.same("okm", Optional.of(Json.octets(testCase, "okm")), output);
      case "invalid" -> findings.same("okm", Optional.empty(), output);
      case "acceptable" ->
          output.ifPresent(okm -> findings.same("okm", Json.octets(testCase, "okm"), okm));
      default -> findings.problem("result is none of valid, invalid, acceptable");
    }
  }

  /** Empty when the wanted length is refused (RFC 5869, Section 2.3: at most 255 hashes). */
  private static Optional<Bytes> expand(HashAlgorithm hash, JsonNode testCase) {
    Bytes info = Json.octets(testCase, "info");
    int size = testCase.path("size").asInt();
    try (SecretBytes input = Json.secret(testCase, "ikm");
        SecretBytes key = CRYPTO.hkdfExtract(hash, Json.octets(testCase, "salt"), input)) {
      return expand(hash, key, info, size);
    }
  }

  private static Optional<Bytes> expand(HashAlgorithm hash, SecretBytes key, Bytes info, int size) {
    try (SecretBytes output = CRYPTO.hkdfExpand(hash, key, info, size)) {
      return Optional.of(output.use(Bytes::copyOf));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }
}
