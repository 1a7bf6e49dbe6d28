package dev.moat.cli.conform.cose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.CertificateHash;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.Resolution;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.Primitives;
import dev.moat.pki.CertificateTrust;
import java.time.Instant;
import java.util.List;

/**
 * An X.509 certificate has the stated key, subject and names, and is trusted by its issuer's key
 * exactly while it is valid (RFC 5280, Section 6; RFC 9360, Section 2).
 */
public final class CertificateCase implements CaseRunner {
  private static final int ELLIPSIS = 3;

  private final Primitives primitives;

  /** Runs with {@code primitives}. */
  public CertificateCase(Primitives primitives) {
    this.primitives = primitives;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    try {
      if (testCase.has("der")) {
        certificate(testCase, findings);
      } else {
        // Published as text: only the key of this root can be shown to be one.
        var unused = key(testCase, "public_key").verification(primitives.curves());
      }
    } catch (CoseException e) {
      findings.problem("refused with " + e.reason());
    }
  }

  private void certificate(JsonNode testCase, Findings findings) throws CoseException {
    Bytes der = Json.octets(testCase, "der");
    Credential credential = Credential.x509(der);
    findings.same(
        "subject", Json.text(testCase, "subject"), "CN=" + credential.subject().orElse(""));
    findings.same(
        "public_key",
        key(testCase, "public_key").forSignature(),
        credential.key().verification(primitives.curves()).publicKey());
    names(testCase, der, findings);
    trust(testCase, credential, findings);
  }

  private void names(JsonNode testCase, Bytes der, Findings findings) throws CoseException {
    Crypto crypto = primitives.symmetric();
    findings.asStated(
        "sha256", testCase, CertificateHash.of(crypto, CertificateHash.SHA_256, der).hash());
    findings.asStated(
        "x5t_sha256_64",
        testCase,
        CertificateHash.of(crypto, CertificateHash.SHA_256_64, der).hash());
    IdCred byHash = IdCred.x5tOf(crypto, der);
    findings.asStated("id_cred_x5t", testCase, byHash.encoded());
    findings.same("x5t read again", byHash, IdCred.decode(byHash.encoded()));
    // The file has the beginning only, and says so by an ellipsis.
    String stated = Json.text(testCase, "id_cred_x5chain");
    String beginning = stated.substring(0, Math.max(0, stated.length() - ELLIPSIS));
    String chain = IdCred.x5chain(List.of(der)).encoded().toHex();
    findings.same(
        "id_cred_x5chain",
        beginning,
        chain.substring(0, Math.min(beginning.length(), chain.length())));
  }

  private void trust(JsonNode testCase, Credential credential, Findings findings)
      throws CoseException {
    CertificateTrust trust =
        CertificateTrust.builder(primitives.symmetric())
            .anchor(Json.text(testCase, "issuer"), key(testCase, "issuer_public_key"))
            .build();
    IdCred claimed = IdCred.x5chain(credential.chain());
    Instant from = instant(testCase, "not_before");
    Instant until = instant(testCase, "not_after");
    Resolution trusted = new Resolution.Trusted(List.of(credential));
    findings.same("at not_before", trusted, trust.resolve(claimed, from));
    findings.same("at not_after", trusted, trust.resolve(claimed, until));
    findings.same(
        "before not_before",
        new Resolution.Untrusted("not yet valid"),
        trust.resolve(claimed, from.minusSeconds(1)));
    findings.same(
        "after not_after",
        new Resolution.Untrusted("expired"),
        trust.resolve(claimed, until.plusSeconds(1)));
  }

  private static Instant instant(JsonNode testCase, String member) {
    return Instant.parse(Json.text(testCase, member).replace(' ', 'T') + "Z");
  }

  private static PublicKey key(JsonNode testCase, String member) throws CoseException {
    Bytes octets = Json.octets(testCase, member);
    KeyCurve curve =
        switch (octets.length()) {
          case 32 -> KeyCurve.ED25519;
          case 65 -> KeyCurve.P_256;
          case 97 -> KeyCurve.P_384;
          default -> throw new IllegalArgumentException(member + " is a key of no known curve");
        };
    return PublicKey.ofPoint(curve, octets);
  }
}
