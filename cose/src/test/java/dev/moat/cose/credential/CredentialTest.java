package dev.moat.cose.credential;

import static dev.moat.cose.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.KeyUse;
import dev.moat.cose.key.PrivateKey;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.bc.BouncyCurves;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.Vectors;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials as they are read, apart from whether they are trusted (RFC 9528, Section 3.5.2). */
class CredentialTest {
  private static final String KEY =
      "a3010120042158 20b1a3e89460e88d3a8d54211dc95f0b903ff205eb71912d6db8f4af980d2db83a"
          .replace(" ", "");

  /** Checking a key costs as much as using it, and a pinned credential is used for years. */
  @Test
  void preparesItsKeyOnce() throws CoseException {
    Curves curves = BouncyCurves.create();
    Curves other = BouncyCurves.create();
    RandomSource random = new InsecureSeededRandom(1);
    for (KeyCurve curve : List.of(KeyCurve.P_256, KeyCurve.ED25519, KeyCurve.X25519)) {
      PublicKey key = PrivateKey.generate(curve, curves, random).publicKey();
      Credential credential = Credential.ccsOf("x", key);
      if (curve.signature().isPresent()) {
        assertThat(credential.verification(curves))
            .isSameAs(credential.verification(curves))
            .isNotSameAs(credential.verification(other));
      }
      if (curve.dh().isPresent()) {
        assertThat(credential.agreement(curves))
            .isSameAs(credential.agreement(curves))
            .isNotSameAs(credential.agreement(other));
      }
    }
  }

  @Nested
  class ClaimsSets {
    @Test
    void readsTheExamples() throws CoseException {
      var examples =
          Vectors.load("edhoc-codec-examples.json", node -> node).stream()
              .filter(node -> node.path("kind").asText().equals("ccs-parse"))
              .toList();
      assertThat(examples).hasSize(2);
      for (var example : examples) {
        Bytes claims = Bytes.hex(example.path("ccs").asText());
        Credential credential = Credential.ccs(claims);
        assertThat(credential.type()).isEqualTo(CredentialType.CCS);
        assertThat(credential.encoded()).isEqualTo(claims);
        assertThat(credential.subject()).contains(example.path("sub").asText());
        assertThat(credential.kid()).contains(Bytes.hex(example.path("kid").asText()));
        assertThat(credential.key().x()).isEqualTo(Bytes.hex(example.path("x").asText()));
        assertThat(credential.key().curve().id()).isEqualTo(example.path("crv").asInt());
        assertThat(credential.key().curve().kty()).isEqualTo(example.path("kty").asInt());
        assertThat(credential.chain()).isEmpty();
        assertThat(Credential.ccsOf(example.path("sub").asText(), credential.key()))
            .isEqualTo(credential);
        assertThat(IdCred.kccs(claims).byValue()).contains(credential);
      }
    }

    @Test
    void keepsClaimsThatItDoesNotKnow() throws CoseException {
      Bytes claims = Bytes.hex("a3016161" + "08a101" + KEY + "6178f5");
      Credential credential = Credential.ccs(claims);
      assertThat(credential.encoded()).isEqualTo(claims);
      assertThat(credential.subject()).isEmpty();
      assertThat(credential.kid()).isEmpty();
      assertThat(credential).hasToString("Credential[CCS, subject=none, kid=none]");
      assertThat(credential.permits(KeyUse.AGREEMENT)).isTrue();
      assertThat(credential.permits(KeyUse.SIGNATURE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "'', MALFORMED_CBOR",
      "a108a101a0ff, MALFORMED_CBOR",
      "a208a0026161, MALFORMED_CBOR",
      "a208a008a0, MALFORMED_CBOR",
      "80, BAD_CREDENTIAL",
      "a0, NO_KEY",
      "a1026161, NO_KEY",
      "a108a0, NO_KEY",
      "a108a1034101, NO_KEY",
      "a10880, BAD_CREDENTIAL",
      "a140a0, BAD_CREDENTIAL",
      "a108a10180, BAD_PUBLIC_KEY",
      "a108a101a2010420 4101, BAD_PUBLIC_KEY"
    })
    void refusesWhatIsNone(String claims, Reason reason) {
      assertRefused(() -> Credential.ccs(Bytes.hex(claims.replace(" ", ""))), reason);
    }

    @Test
    void refusesASubjectThatIsNoText() {
      assertRefused(
          () -> Credential.ccs(Bytes.hex("a2024101" + "08a101" + KEY)), Reason.BAD_CREDENTIAL);
    }

    @Test
    void refusesAPrivateKey() {
      String exposed = "a4" + KEY.substring(2) + "235820" + "01".repeat(32);
      assertRefused(
          () -> Credential.ccs(Bytes.hex("a108a101" + exposed)), Reason.EXPOSED_PRIVATE_KEY);
    }

    @Test
    void refusesWhatIsTooLong() {
      Bytes large = Bytes.owned(new byte[Credential.MAX_OCTETS + 1]);
      assertRefused(() -> Credential.ccs(large), Reason.CREDENTIAL_TOO_LARGE);
      assertRefused(() -> Credential.cwt(large), Reason.CREDENTIAL_TOO_LARGE);
      assertRefused(() -> Credential.x509(large), Reason.CREDENTIAL_TOO_LARGE);
      assertRefused(
          () -> Credential.c509(large, PublicKey.ofX(KeyCurve.X25519, large.slice(0, 32))),
          Reason.CREDENTIAL_TOO_LARGE);
    }

    @Test
    void differsByTypeAndOctets() throws CoseException {
      Credential one = Credential.ccs(Bytes.hex("a108a101" + KEY));
      Credential other = Credential.ccs(Bytes.hex("a2026161" + "08a101" + KEY));
      Credential c509 = Credential.c509(one.encoded(), one.key());
      assertThat(one).isNotEqualTo(other).isNotEqualTo(c509).isNotEqualTo("a CCS");
      assertThat(one).hasSameHashCodeAs(c509);
      assertThat(c509.type()).isEqualTo(CredentialType.C509);
    }
  }

  /** The credentials of draft-ietf-lake-edhoc-psk. */
  @Nested
  class PreSharedKeys {
    @Test
    void readsTheVectors() throws CoseException {
      var values = Vectors.load("edhoc-psk.json", node -> node.path("values")).get(0);
      for (String name : List.of("I", "R")) {
        byte[] octets = Bytes.hex(values.path("CRED_" + name + "_cbor").asText()).toArray();
        try (SecretBytes encoded = SecretBytes.copyOf(octets);
            SymmetricClaims claims = SymmetricClaims.decode(encoded);
            SecretBytes psk =
                SecretBytes.copyOf(Bytes.hex(values.path("PSK").asText()).toArray())) {
          assertThat(claims.encoded()).isEqualTo(encoded);
          assertThat(claims.key().secret()).isEqualTo(psk);
          assertThat(claims.key().kid()).contains(Bytes.hex("0010"));
          assertThat(claims.subject()).contains(name.equals("I") ? "initiator" : "responder");
          assertThat(claims.toString()).doesNotContain(values.path("PSK").asText());
        }
      }
    }

    @ParameterizedTest
    @CsvSource({
      "'', MALFORMED_CBOR",
      "80, BAD_CREDENTIAL",
      "a0, NO_KEY",
      "a108a0, NO_KEY",
      "a108a101a10102, BAD_KEY",
      "a108a101a2010420, MALFORMED_CBOR",
      "a202410108a101a20104204101, BAD_CREDENTIAL"
    })
    void refusesWhatIsNone(String claims, Reason reason) {
      try (SecretBytes encoded = SecretBytes.copyOf(Bytes.hex(claims).toArray())) {
        assertRefused(() -> SymmetricClaims.decode(encoded), reason);
      }
    }

    @Test
    void areNoPublicCredentials() {
      var values = Vectors.load("edhoc-psk.json", node -> node.path("values")).get(0);
      Bytes claims = Bytes.hex(values.path("CRED_I_cbor").asText());
      assertRefused(() -> Credential.ccs(claims), Reason.BAD_PUBLIC_KEY);
    }
  }

  @Nested
  class Certificates {
    @Test
    void readsKeyAndSubject() throws CoseException {
      for (var node : certificates()) {
        Bytes der = Bytes.hex(node.path("der").asText());
        Credential credential = Credential.x509(der);
        assertThat(credential.type()).isEqualTo(CredentialType.X509);
        assertThat(credential.subject().map("CN="::concat)).contains(node.path("subject").asText());
        Bytes key = Bytes.hex(node.path("public_key").asText());
        Bytes raw = key.at(0) == 4 && key.length() > 57 ? key.slice(1, key.length()) : key;
        assertThat(credential.key().forSignature()).isEqualTo(raw);
        assertThat(credential.chain()).containsExactly(der);
        assertThat(credential.kid()).isEmpty();
        // RFC 9529's certificates have no key usage.
        assertThat(credential.permits(KeyUse.SIGNATURE)).isTrue();
      }
    }

    @Test
    void refusesEveryTruncationAndAnyTail() {
      Bytes der = Bytes.hex(certificates().get(2).path("der").asText());
      for (int length = 0; length < der.length(); length++) {
        Bytes cut = der.slice(0, length);
        assertRefused(() -> Credential.x509(cut), Reason.BAD_CREDENTIAL);
      }
      assertRefused(() -> Credential.x509(der.plus(Bytes.of(0))), Reason.BAD_CREDENTIAL);
    }

    @Test
    void neverFailsOtherwiseWhenOctetsAreChanged() {
      Bytes der = Bytes.hex(certificates().get(2).path("der").asText());
      int accepted = 0;
      for (int i = 0; i < 8 * der.length(); i++) {
        byte[] changed = der.toArray();
        changed[i / 8] ^= (byte) (1 << (i % 8));
        try {
          Credential read = Credential.x509(Bytes.owned(changed));
          accepted++;
          assertThat(read.chain()).containsExactly(Bytes.owned(changed));
        } catch (CoseException refused) {
          assertThat(refused.reason())
              .isIn(
                  Reason.BAD_CREDENTIAL,
                  Reason.BAD_PUBLIC_KEY,
                  Reason.NOT_ON_CURVE,
                  Reason.UNKNOWN_CURVE);
        }
      }
      // Names, dates and the signature are not looked at here.
      assertThat(accepted).isPositive();
    }

    /** Else one certificate had several encodings, each with another hash. */
    @Test
    void refusesUnusedBitsInTheSignature() {
      Bytes der = Bytes.hex(certificates().get(0).path("der").asText());
      byte[] changed = der.toArray();
      int count = changed.length - 65;
      assertThat(changed[count]).isZero();
      changed[count] = 1;
      assertRefused(() -> Credential.x509(Bytes.owned(changed)), Reason.BAD_CREDENTIAL);
    }

    @Test
    void boundsTheChain() {
      Bytes der = Bytes.hex(certificates().get(0).path("der").asText());
      assertRefused(() -> Credential.x509Chain(List.of()), Reason.BAD_CREDENTIAL);
      assertRefused(
          () -> Credential.x509Chain(Collections.nCopies(7, der)), Reason.CREDENTIAL_TOO_LARGE);
      assertRefused(
          () -> Credential.x509Chain(List.of(der, Bytes.owned(new byte[8193]))),
          Reason.CREDENTIAL_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({
      // lengths: indefinite, of three octets, longer than needed
      "3080, BAD_CREDENTIAL",
      "3083000001, BAD_CREDENTIAL",
      "308105, BAD_CREDENTIAL",
      "30820081, BAD_CREDENTIAL",
      "3082, BAD_CREDENTIAL",
      "3100, BAD_CREDENTIAL",
      "30023000, BAD_CREDENTIAL"
    })
    void refusesWhatIsNoDer(String der, Reason reason) {
      assertRefused(() -> Credential.x509(Bytes.hex(der)), reason);
    }

    /** RFC 5280, Section 4.2.1.3, in certificates whose other fields are empty. */
    @ParameterizedTest
    @CsvSource({
      "30090603551d0f0402, , BAD_CREDENTIAL",
      "300b0603551d0f040403020780, SIGNATURE, ",
      "300e0603551d0f0101ff040403020308, AGREEMENT, ",
      "300b0603551d0f040403020388, SIGNATURE AGREEMENT, ",
      "300b0603551d0f040403020106, '', ",
      "300a0603551d0f0403030100, , BAD_CREDENTIAL",
      "30090603551d0e04020500, SIGNATURE AGREEMENT, ",
      "300b0603551d0f040403020780300b0603551d0f040403020780, , BAD_CREDENTIAL"
    })
    void readsTheKeyUsage(String extensions, String uses, Reason reason) throws CoseException {
      Bytes der = certificate(Bytes.hex(extensions));
      if (uses == null) {
        assertRefused(() -> Credential.x509(der), reason);
        return;
      }
      Credential credential = Credential.x509(der);
      assertThat(credential.permits(KeyUse.SIGNATURE)).isEqualTo(uses.contains("SIGNATURE"));
      assertThat(credential.permits(KeyUse.AGREEMENT)).isEqualTo(uses.contains("AGREEMENT"));
    }

    private static Bytes certificate(Bytes extensions) {
      Bytes p256 =
          Bytes.hex(
              "3039301306072a8648ce3d020106082a8648ce3d030107032200"
                  + "02bbc34960526ea4d32e940cad2a234148ddc21791a12afbcbac93622046dd44f0");
      Bytes empty = Bytes.hex("3000");
      Bytes body =
          Bytes.hex("020101")
              .plus(empty)
              .plus(empty)
              .plus(empty)
              .plus(empty)
              .plus(p256)
              .plus(Bytes.hex("8101ff"))
              .plus(element(0xa3, element(0x30, extensions)));
      return element(0x30, element(0x30, body).plus(empty).plus(Bytes.hex("030100")));
    }

    private static Bytes element(int tag, Bytes content) {
      int length = content.length();
      Bytes head = length < 128 ? Bytes.of(tag, length) : Bytes.of(tag, 0x81, length);
      return head.plus(content);
    }

    private static List<com.fasterxml.jackson.databind.JsonNode> certificates() {
      return Vectors.load("x509-certificates.json", node -> node).stream()
          .filter(node -> node.has("der"))
          .toList();
    }
  }
}
