package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cli.conform.cose.Sign1Case;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseHeaders;
import dev.moat.cose.CoseKey;
import dev.moat.cose.EncStructure;
import dev.moat.cose.Encrypt0;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.JdkCrypto;
import dev.moat.crypto.bc.PrimitivesChoice;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A COSE_Encrypt0 object opens and is made again, or is refused (RFC 9052, Section 5); a COSE_Sign1
 * object is for {@link Sign1Case}.
 */
final class CoseExampleCase implements CaseRunner {
  private static final Crypto CRYPTO = JdkCrypto.create();
  private static final Pattern CCM = Pattern.compile("AES-CCM-(\\d+)-(\\d+)/(\\d+)");
  private static final int TAG_16 = 0xd0;

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String structure = Json.text(testCase, "structure");
    if (structure.equals("COSE_Sign1")) {
      new Sign1Case(PrimitivesChoice.best().curves()).run(testCase, findings);
      return;
    }
    if (!structure.equals("COSE_Encrypt0")) {
      findings.notRun(structure + " is not supported");
      return;
    }
    try (SecretBytes secret = SecretBytes.copyOf(Json.octets(testCase.path("key"), "k").toArray());
        CoseKey key = CoseKey.symmetric(algorithm(Json.text(testCase, "alg")), secret)) {
      boolean pass = Json.text(testCase, "expected").equals("pass");
      if (pass) {
        opens(testCase, key, findings);
      } else {
        isRefused(testCase, key, findings);
      }
    }
  }

  private static void opens(JsonNode testCase, CoseKey key, Findings findings) {
    Bytes octets = Json.octets(testCase, "cbor");
    Bytes externalAad = Json.octets(testCase, "external_aad");
    try {
      Encrypt0 message = Encrypt0.decode(octets);
      CoseHeaders headers = message.headers();
      findings.same("alg", algorithm(Json.text(testCase, "alg")), headers.algorithm());
      Json.optional(testCase, "iv")
          .ifPresent(iv -> findings.same("iv", iv, headers.iv().orElse(Bytes.empty())));
      findings.same(
          "enc_structure",
          Json.octets(testCase, "enc_structure"),
          EncStructure.of(headers.authenticatedOctets(), externalAad));
      Bytes plaintext = Json.octets(testCase, "plaintext");
      findings.same("plaintext", plaintext, message.decrypt(CRYPTO, key, externalAad));
      Encrypt0 again = Encrypt0.encrypt(CRYPTO, key, headers, externalAad, plaintext);
      boolean tagged = octets.at(0) == TAG_16;
      findings.same("cbor", octets, tagged ? again.encode() : again.encodeUntagged());
    } catch (CoseException e) {
      findings.problem("refused with " + e.reason());
    }
  }

  private static void isRefused(JsonNode testCase, CoseKey key, Findings findings) {
    try {
      Bytes plaintext =
          Encrypt0.decode(Json.octets(testCase, "cbor"))
              .decrypt(CRYPTO, key, Json.octets(testCase, "external_aad"));
      findings.problem("accepted, with the plaintext " + plaintext);
    } catch (CoseException expected) {
      // Refused, as it must be.
    }
  }

  /** The names of these examples: AES-CCM with nonce and tag sizes swapped against the registry. */
  private static AeadAlgorithm algorithm(String name) {
    Matcher ccm = CCM.matcher(name);
    if (ccm.matches()) {
      return AeadAlgorithm.valueOf(
          "AES_CCM_" + ccm.group(1) + "_" + ccm.group(3) + "_" + ccm.group(2));
    }
    return switch (name) {
      case "A128GCM" -> AeadAlgorithm.AES_GCM_128;
      case "A192GCM" -> AeadAlgorithm.AES_GCM_192;
      case "A256GCM" -> AeadAlgorithm.AES_GCM_256;
      case "ChaCha-Poly1305" -> AeadAlgorithm.CHACHA20_POLY1305;
      default -> throw new IllegalArgumentException("algorithm " + name + " is not known");
    };
  }
}
