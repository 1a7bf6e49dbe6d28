package dev.moat.cose;

import static dev.moat.cose.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Curves;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the COSE working group that are a Sign1, and signatures of our own. */
class Sign1Test {
  private static final Curves CURVES = PrimitivesChoice.best().curves();
  private static final InsecureSeededRandom RANDOM = new InsecureSeededRandom(9052);
  private static final Bytes PAYLOAD = Bytes.utf8("open the door");

  /** Why each of the bad examples is refused. */
  private static final Map<String, Reason> REFUSALS =
      Map.of(
          "sign1-tests-sign-fail-01", Reason.NOT_SIGN1,
          "sign1-tests-sign-fail-02", Reason.VERIFICATION_FAILED,
          "sign1-tests-sign-fail-03", Reason.UNKNOWN_ALGORITHM,
          "sign1-tests-sign-fail-04", Reason.UNKNOWN_ALGORITHM,
          "sign1-tests-sign-fail-06", Reason.VERIFICATION_FAILED,
          "sign1-tests-sign-fail-07", Reason.VERIFICATION_FAILED);

  static List<JsonNode> examples() {
    return Vectors.load("cose-examples.json", node -> node).stream()
        .filter(node -> node.path("structure").asText().equals("COSE_Sign1"))
        .toList();
  }

  @Test
  void hasAReasonForEveryBadExample() {
    assertThat(examples()).hasSize(13);
    assertThat(examples())
        .filteredOn(node -> !node.path("expected").asText().equals("pass"))
        .extracting(node -> node.path("id").asText())
        .containsExactlyInAnyOrderElementsOf(REFUSALS.keySet());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void verifiesAndMakesTheGoodOnesAndRefusesTheBad(JsonNode example) throws CoseException {
    Bytes octets = Bytes.hex(example.path("cbor").asText());
    Bytes externalAad = Bytes.hex(example.path("external_aad").asText());
    try (PrivateKey key = key(example.path("key"));
        SigningKey signing = key.signing(CURVES)) {
      VerificationKey verification = key.publicKey().verification(CURVES);
      Reason refusal = REFUSALS.get(example.path("id").asText());
      if (refusal != null) {
        assertRefused(() -> verified(Sign1.decode(octets), verification, externalAad), refusal);
        return;
      }
      Sign1 message = verified(Sign1.decode(octets), verification, externalAad);
      assertThat(
              SigStructure.of(
                  message.headers().authenticatedOctets(), externalAad, message.payload()))
          .isEqualTo(Bytes.hex(example.path("sig_structure").asText()));
      boolean tagged = octets.at(0) == 0xd2;
      assertThat(tagged ? message.encode() : message.encodeUntagged()).isEqualTo(octets);
      Sign1 again = Sign1.sign(signing, message.headers(), externalAad, message.payload());
      assertThat(verified(again, verification, externalAad).payload()).isEqualTo(message.payload());
    }
  }

  @ParameterizedTest
  @EnumSource
  void signsWithEveryAlgorithm(SignatureAlgorithm algorithm) throws CoseException {
    CoseHeaders headers = CoseHeaders.builder().algorithm(algorithm).kid(Bytes.of(1)).build();
    try (PrivateKey key = generate(KeyCurve.of(algorithm));
        PrivateKey other = generate(KeyCurve.of(algorithm));
        SigningKey signing = key.signing(CURVES)) {
      VerificationKey verification = key.publicKey().verification(CURVES);
      Sign1 message = Sign1.sign(signing, headers, Bytes.of(9), PAYLOAD);
      assertThat(message.signature().length()).isEqualTo(algorithm.signatureOctets());
      Sign1 received = Sign1.decode(message.encode());
      assertThat(verified(received, verification, Bytes.of(9))).isEqualTo(message);
      assertRefused(
          () -> verified(received, verification, Bytes.of(8)), Reason.VERIFICATION_FAILED);
      VerificationKey stranger = other.publicKey().verification(CURVES);
      assertRefused(() -> verified(received, stranger, Bytes.of(9)), Reason.VERIFICATION_FAILED);
    }
  }

  /** RFC 9864: identifiers that name the curve, too. */
  @Test
  void takesFullySpecifiedAlgorithmsWithTheirKeysOnly() throws CoseException {
    Map<KeyCurve, String> identifiers =
        Map.of(
            KeyCurve.P_256, "a10128",
            KeyCurve.P_384, "a1013832",
            KeyCurve.ED25519, "a10132",
            KeyCurve.ED448, "a1013834");
    for (KeyCurve mine : identifiers.keySet()) {
      try (PrivateKey key = generate(mine);
          SigningKey signing = key.signing(CURVES)) {
        for (KeyCurve named : identifiers.keySet()) {
          CoseHeaders headers =
              CoseHeaders.decode(Bytes.hex(identifiers.get(named)), Bytes.of(0xa0));
          if (mine == named) {
            Sign1 signed = Sign1.sign(signing, headers, Bytes.empty(), PAYLOAD);
            assertThat(
                    verified(signed, key.publicKey().verification(CURVES), Bytes.empty()).payload())
                .isEqualTo(PAYLOAD);
          } else {
            assertRefused(
                () -> Sign1.sign(signing, headers, Bytes.empty(), PAYLOAD),
                Reason.KEY_NOT_FOR_THIS);
          }
        }
      }
    }
  }

  @Test
  void needsAnAlgorithmOfSignatures() throws CoseException {
    try (PrivateKey key = generate(KeyCurve.ED25519);
        SigningKey signing = key.signing(CURVES)) {
      CoseHeaders none = CoseHeaders.builder().build();
      assertRefused(() -> Sign1.sign(signing, none, Bytes.empty(), PAYLOAD), Reason.NO_ALGORITHM);
      CoseHeaders aead = CoseHeaders.decode(Bytes.hex("a10101"), Bytes.of(0xa0));
      assertRefused(
          () -> Sign1.sign(signing, aead, Bytes.empty(), PAYLOAD), Reason.UNKNOWN_ALGORITHM);
    }
  }

  private static PrivateKey generate(KeyCurve curve) {
    return PrivateKey.generate(curve, CURVES, RANDOM);
  }

  private static Sign1 verified(Sign1 message, VerificationKey key, Bytes externalAad)
      throws CoseException {
    message.verify(key, externalAad);
    return message;
  }

  private static PrivateKey key(JsonNode key) throws CoseException {
    KeyCurve curve =
        switch (key.path("crv").asText()) {
          case "P-256" -> KeyCurve.P_256;
          case "P-384" -> KeyCurve.P_384;
          case "Ed25519" -> KeyCurve.ED25519;
          default -> KeyCurve.ED448;
        };
    try (SecretBytes d = SecretBytes.copyOf(Bytes.hex(key.path("d").asText()).toArray())) {
      PrivateKey made = PrivateKey.of(curve, d, CURVES);
      assertThat(made.publicKey().x()).isEqualTo(Bytes.hex(key.path("x").asText()));
      return made;
    }
  }
}
