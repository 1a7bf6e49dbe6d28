package dev.moat.crypto;

import static dev.moat.crypto.CurvesUnderTest.exposed;
import static dev.moat.crypto.CurvesUnderTest.refuses;
import static dev.moat.crypto.CurvesUnderTest.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import dev.moat.testkit.AgreementCase;
import dev.moat.testkit.CryptoVectors;
import dev.moat.testkit.SignatureCase;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wycheproof and the RFCs' own values, for whatever a provider supports. */
public interface CurveVectorsContract extends CurvesUnderTest {
  /**
   * True for a valid signature that this provider is known to refuse; no excuse for a forged one.
   */
  default boolean mayRefuse(SignatureCase vector) {
    return false;
  }

  /**
   * Wycheproof finds it acceptable to compute with points of low order; RFC 9528 (Section 9.2) lets
   * us abort on the shared secret of zeros that comes out, so we refuse them. Every other
   * acceptable case, on the twist or not reduced, has to give the stated secret.
   */
  @Test
  @Tag("LK-066")
  default void agreesWithWycheproofOnX25519() throws KeyMaterialException {
    assume(DhCurve.X25519);
    int refused = 0;
    for (AgreementCase vector : CryptoVectors.wycheproofAgreement("wycheproof-x25519.json")) {
      if (vector.flags().contains("LowOrderPublic")) {
        refuses(Reason.LOW_ORDER, () -> curves().publicKey(DhCurve.X25519, vector.publicKey()));
        refused++;
      } else {
        assertThat(vector.valid()).isTrue();
        agree(DhCurve.X25519, vector, vector.publicKey());
      }
    }
    assertThat(refused).isEqualTo(31);
  }

  /**
   * EDHOC sends x alone: of an encoded point that is what we take. What is wrong with a y is tried
   * on the keys for signatures, which have both coordinates.
   */
  @Test
  @Tag("LK-066")
  default void agreesWithWycheproofOnP256() throws KeyMaterialException {
    assume(DhCurve.P_256);
    int agreed = 0;
    for (AgreementCase vector :
        CryptoVectors.wycheproofAgreement("wycheproof-ecdh-p256-ecpoint.json")) {
      Bytes point = vector.publicKey();
      if (vector.valid()) {
        agree(DhCurve.P_256, vector, point.slice(1, 33));
        agreed++;
      } else if (point.length() == 33) {
        refuses(Reason.NOT_ON_CURVE, () -> curves().publicKey(DhCurve.P_256, point.slice(1, 33)));
      } else {
        refusesWholePoint(point);
      }
    }
    assertThat(agreed).isGreaterThan(300);
  }

  @Test
  @Tag("LK-066")
  default void verifiesWhatWycheproofDoesInEs256() throws KeyMaterialException {
    verify(SignatureAlgorithm.ES256, "wycheproof-ecdsa-p256-sha256-p1363.json");
  }

  @Test
  @Tag("LK-066")
  default void verifiesWhatWycheproofDoesInEd25519() throws KeyMaterialException {
    verify(SignatureAlgorithm.ED25519, "wycheproof-ed25519.json");
  }

  @Test
  @Tag("LK-066")
  default void agreesWithRfc7748OnX448() throws KeyMaterialException {
    assume(DhCurve.X448);
    Bytes b =
        Bytes.hex(
            "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d"
                + "6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d");
    Bytes publicA =
        Bytes.hex(
            "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c"
                + "22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0");
    Bytes publicB =
        Bytes.hex(
            "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430"
                + "27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609");
    Bytes shared =
        Bytes.hex(
            "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b"
                + "b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d");
    agree(DhCurve.X448, new AgreementCase("6.2", List.of(), publicA, b, shared, true), publicA);
    try (DhPrivateKey key = curves().privateKey(DhCurve.X448, secret(b))) {
      assertThat(key.publicKey()).isEqualTo(publicB);
    }
  }

  /** The keys of RFC 6979, Appendices A.2.5 and A.2.6, and what they sign there. */
  @Test
  @Tag("LK-066")
  default void verifiesWhatRfc6979Signs() throws KeyMaterialException {
    for (Rfc6979 example : Rfc6979.values()) {
      if (curves().supports(example.algorithm)) {
        try (SigningKey key = curves().signingKey(example.algorithm, secret(example.scalar))) {
          assertThat(key.publicKey()).isEqualTo(example.publicKey);
        }
        assertThat(
                curves()
                    .verificationKey(example.algorithm, example.publicKey)
                    .verify(Bytes.utf8("sample"), example.signatureOfSample))
            .isTrue();
      }
    }
  }

  /** RFC 8032, Section 7.4, "1 octet". */
  @Test
  @Tag("LK-066")
  default void agreesWithRfc8032OnEd448() throws KeyMaterialException {
    assume(SignatureAlgorithm.ED448);
    Bytes seed =
        Bytes.hex(
            "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463a"
                + "fbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e");
    Bytes signature =
        Bytes.hex(
            "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f435"
                + "2541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cb"
                + "cee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0f"
                + "f3348ab21aa4adafd1d234441cf807c03a00");
    try (SigningKey key = curves().signingKey(SignatureAlgorithm.ED448, secret(seed))) {
      assertThat(key.publicKey())
          .isEqualTo(
              Bytes.hex(
                  "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c086"
                      + "6aea01eb00742802b8438ea4cb82169c235160627b4c3a9480"));
      assertThat(key.sign(Bytes.of(3))).isEqualTo(signature);
    }
  }

  /** RFC 8032, Section 7.1, "TEST 2". */
  @Test
  @Tag("LK-066")
  default void agreesWithRfc8032OnEd25519() throws KeyMaterialException {
    assume(SignatureAlgorithm.ED25519);
    Bytes seed = Bytes.hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    try (SigningKey key = curves().signingKey(SignatureAlgorithm.ED25519, secret(seed))) {
      assertThat(key.publicKey())
          .isEqualTo(Bytes.hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
      assertThat(key.sign(Bytes.of(0x72)))
          .isEqualTo(
              Bytes.hex(
                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                      + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
    }
  }

  private void agree(DhCurve curve, AgreementCase vector, Bytes coordinate)
      throws KeyMaterialException {
    try (DhPrivateKey key = curves().privateKey(curve, secret(vector.privateKey()));
        SecretBytes shared = key.agree(curves().publicKey(curve, coordinate))) {
      assertThat(exposed(shared)).as(vector.id()).isEqualTo(vector.sharedSecret());
    }
  }

  private void verify(SignatureAlgorithm algorithm, String file) throws KeyMaterialException {
    assume(algorithm);
    List<SignatureCase> vectors = CryptoVectors.wycheproofSignatures(file);
    for (SignatureCase vector : vectors) {
      VerificationKey key = curves().verificationKey(algorithm, vector.publicKey());
      boolean excused = vector.valid() && mayRefuse(vector);
      assertThat(key.verify(vector.message(), vector.signature()) || excused)
          .as(vector.id())
          .isEqualTo(vector.valid());
    }
    assertThat(vectors).hasSizeGreaterThan(150);
  }

  private void refusesWholePoint(Bytes point) {
    if (curves().supports(SignatureAlgorithm.ES256)) {
      assertThatThrownBy(
              () ->
                  curves()
                      .verificationKey(
                          SignatureAlgorithm.ES256,
                          point.slice(Math.min(1, point.length()), point.length())))
          .isInstanceOf(KeyMaterialException.class);
    }
  }

  private void assume(DhCurve curve) {
    Assumptions.assumeTrue(curves().supports(curve), () -> "no " + curve);
  }

  private void assume(SignatureAlgorithm algorithm) {
    Assumptions.assumeTrue(curves().supports(algorithm), () -> "no " + algorithm);
  }
}
