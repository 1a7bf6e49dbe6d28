package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import java.util.Optional;
import java.util.Set;

/** Credentials and their keys (RFC 9528, Section 3.5.2 and Appendix B). */
final class CredentialExamples {
  private static final int EVEN = 2;
  private static final int ODD = 3;

  private CredentialExamples() {}

  /** Of the two points with this x, either y may be stated. */
  static void point(JsonNode testCase, Findings findings) throws CoseException {
    String name = Json.text(testCase, "curve");
    Optional<KeyCurve> curve =
        switch (name) {
          case "P-256" -> Optional.of(KeyCurve.P_256);
          case "P-384" -> Optional.of(KeyCurve.P_384);
          default -> Optional.empty();
        };
    if (curve.isEmpty()) {
      findings.notRun("points of the curve '" + name + "' are not supported");
      return;
    }
    Bytes x = Json.octets(testCase, "x");
    Bytes y = Json.octets(testCase, "y");
    Set<Bytes> computed = Set.of(y(curve.get(), EVEN, x), y(curve.get(), ODD, x));
    if (!computed.contains(y)) {
      findings.problem("y is one of " + computed + ", expected " + y);
    }
  }

  private static Bytes y(KeyCurve curve, int form, Bytes x) throws CoseException {
    return PublicKey.ofPoint(curve, Bytes.of(form).plus(x)).y().orElseThrow();
  }

  static void claims(JsonNode testCase, Findings findings) throws CoseException {
    Bytes claims = Json.octets(testCase, "ccs");
    Credential credential = Credential.ccs(claims);
    PublicKey key = credential.key();
    findings.same("CRED_x", claims, credential.encoded());
    findings.same(
        "sub", Optional.ofNullable(testCase.path("sub").textValue()), credential.subject());
    findings.same("kty", testCase.path("kty").asInt(-1), key.curve().kty());
    findings.same("crv", testCase.path("crv").asInt(-1), key.curve().id());
    findings.same("kid", Json.optional(testCase, "kid"), credential.kid());
    findings.asStated("x", testCase, key.x());
    findings.asStated("y", testCase, key.y().orElse(Bytes.empty()));
    if (credential.kid().isPresent()) {
      Bytes byKid = IdCred.kid(credential.kid().get()).encoded();
      findings.asStated("id_cred_by_kid", testCase, byKid);
    }
    Bytes byValue = IdCred.kccs(claims).encoded();
    findings.asStated("id_cred_by_value", testCase, byValue);
    Optional<Bytes> prefix = Json.optional(testCase, "id_cred_by_value_prefix");
    int length = Math.min(byValue.length(), prefix.map(Bytes::length).orElse(0));
    findings.asStated("id_cred_by_value_prefix", testCase, byValue.slice(0, length));
  }
}
