package dev.moat.cli.conform.cose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.SigStructure;
import dev.moat.cose.Sign1;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;

/**
 * A COSE_Sign1 object verifies and one of ours like it does, too, or it is refused (RFC 9052,
 * Section 4). Signatures of ECDSA are not compared: nobody has to make them the same way twice.
 */
public final class Sign1Case implements CaseRunner {
  private static final int TAG_18 = 0xd2;

  private final Curves curves;

  /** Runs with {@code curves}. */
  public Sign1Case(Curves curves) {
    this.curves = curves;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    try (PrivateKey key = key(testCase.path("key"), findings)) {
      if (Json.text(testCase, "expected").equals("pass")) {
        verifies(testCase, key, findings);
      } else {
        isRefused(testCase, key, findings);
      }
    } catch (CoseException e) {
      findings.problem("refused with " + e.reason());
    }
  }

  private void verifies(JsonNode testCase, PrivateKey key, Findings findings) throws CoseException {
    Bytes octets = Json.octets(testCase, "cbor");
    Bytes externalAad = Json.octets(testCase, "external_aad");
    VerificationKey verification = key.publicKey().verification(curves);
    Sign1 message = Sign1.decode(octets);
    message.verify(verification, externalAad);
    findings.same(
        "sig_structure",
        Json.octets(testCase, "sig_structure"),
        SigStructure.of(message.headers().authenticatedOctets(), externalAad, message.payload()));
    boolean tagged = octets.at(0) == TAG_18;
    findings.same("cbor", octets, tagged ? message.encode() : message.encodeUntagged());
    try (SigningKey signing = key.signing(curves)) {
      Sign1 again = Sign1.sign(signing, message.headers(), externalAad, message.payload());
      Sign1.decode(again.encode()).verify(verification, externalAad);
    }
  }

  private void isRefused(JsonNode testCase, PrivateKey key, Findings findings)
      throws CoseException {
    VerificationKey verification = key.publicKey().verification(curves);
    try {
      Sign1 message = Sign1.decode(Json.octets(testCase, "cbor"));
      message.verify(verification, Json.octets(testCase, "external_aad"));
      findings.problem("accepted, with the payload " + message.payload());
    } catch (CoseException expected) {
      // Refused, as it must be.
    }
  }

  private PrivateKey key(JsonNode node, Findings findings) throws CoseException {
    KeyCurve curve =
        switch (Json.text(node, "crv")) {
          case "P-256" -> KeyCurve.P_256;
          case "P-384" -> KeyCurve.P_384;
          case "Ed25519" -> KeyCurve.ED25519;
          case "Ed448" -> KeyCurve.ED448;
          default ->
              throw new IllegalArgumentException("curve " + Json.text(node, "crv") + " not known");
        };
    try (SecretBytes d = Json.secret(node, "d")) {
      PrivateKey key = PrivateKey.of(curve, d, curves);
      findings.asStated("x", node, key.publicKey().x());
      findings.asStated("y", node, key.publicKey().y().orElse(Bytes.empty()));
      return key;
    }
  }
}
