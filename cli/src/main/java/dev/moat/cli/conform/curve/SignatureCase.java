package dev.moat.cli.conform.curve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.Curves;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import java.util.Optional;

/** A test of the verification of signatures by Wycheproof. */
public final class SignatureCase implements CaseRunner {
  private final Curves curves;

  /** Tests {@code curves}. */
  public SignatureCase(Curves curves) {
    this.curves = curves;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String name = Json.text(key(testCase), "curve");
    String hash = Json.text(testCase, "sha");
    Optional<SignatureAlgorithm> algorithm =
        CurveNames.signature(name, hash).filter(curves::supports);
    String type = Json.text(testCase, "type");
    if (!type.equals("EcdsaP1363Verify") && !type.startsWith("Eddsa")) {
      findings.notRun("signatures in the encoding of " + type + " are not supported");
    } else if (algorithm.isEmpty()) {
      findings.notRun(
          "the curve " + name + (hash.isEmpty() ? "" : " with " + hash) + " is not supported");
    } else {
      judge(algorithm.get(), testCase, findings);
    }
  }

  private void judge(SignatureAlgorithm algorithm, JsonNode testCase, Findings findings) {
    Bytes message = Json.octets(testCase, "msg");
    Bytes signature = Json.octets(testCase, "sig");
    Verdict verdict = new Verdict(testCase, findings);
    try {
      Bytes key = publicKey(algorithm, key(testCase));
      if (curves.verificationKey(algorithm, key).verify(message, signature)) {
        verdict.done("verified", true, true);
      } else {
        verdict.refused("the signature does not verify");
      }
    } catch (KeyMaterialException refused) {
      verdict.refused(refused.reason().name());
    }
  }

  /** Older files call the key differently. */
  private static JsonNode key(JsonNode testCase) {
    return testCase.path(testCase.has("publicKey") ? "publicKey" : "key");
  }

  private static Bytes publicKey(SignatureAlgorithm algorithm, JsonNode key) {
    if (Json.isText(key, "pk")) {
      return Json.octets(key, "pk");
    }
    int half = algorithm.publicKeyOctets() / 2;
    return Unsigned.fixed(Json.octets(key, "wx"), half)
        .plus(Unsigned.fixed(Json.octets(key, "wy"), half));
  }
}
