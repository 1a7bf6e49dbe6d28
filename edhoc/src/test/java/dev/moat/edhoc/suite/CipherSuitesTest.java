package dev.moat.edhoc.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.edhoc.Role;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Suites and methods (RFC 9528, Sections 3.2, 3.6 and 10.2). */
class CipherSuitesTest {
  private static final CipherSuite PRIVATE =
      new CipherSuite(
          -24,
          AeadAlgorithm.AES_GCM_256,
          EdhocHash.SHA_384,
          12,
          DhCurve.X448,
          SignatureAlgorithm.ED448,
          AeadAlgorithm.CHACHA20_POLY1305,
          EdhocHash.SHA_256);

  private final CipherSuites standard = CipherSuites.standard();

  @Test
  @Tag("LK-069")
  void namesAlgorithmsByTheNumbersThatAreRegistered() {
    Map<Integer, List<Integer>> registered =
        Map.of(
            0, List.of(10, -16, 8, 4, -8, 10, -16),
            1, List.of(30, -16, 16, 4, -8, 10, -16),
            2, List.of(10, -16, 8, 1, -7, 10, -16),
            3, List.of(30, -16, 16, 1, -7, 10, -16),
            4, List.of(24, -16, 16, 4, -8, 24, -16),
            5, List.of(24, -16, 16, 1, -7, 24, -16),
            6, List.of(1, -16, 16, 4, -7, 1, -16),
            24, List.of(3, -43, 16, 2, -35, 3, -43),
            25, List.of(24, -45, 16, 5, -8, 24, -45));
    assertThat(standard.all()).hasSize(registered.size());
    registered.forEach(
        (value, array) -> assertThat(standard.require(value).array()).isEqualTo(array));
  }

  @Test
  @Tag("LK-067")
  void takesTheApplicationsAlgorithmsFromTheSuite() {
    Map<Integer, AeadAlgorithm> aead =
        Map.of(
            0, AeadAlgorithm.AES_CCM_16_64_128,
            1, AeadAlgorithm.AES_CCM_16_64_128,
            2, AeadAlgorithm.AES_CCM_16_64_128,
            3, AeadAlgorithm.AES_CCM_16_64_128,
            4, AeadAlgorithm.CHACHA20_POLY1305,
            5, AeadAlgorithm.CHACHA20_POLY1305,
            6, AeadAlgorithm.AES_GCM_128,
            24, AeadAlgorithm.AES_GCM_256,
            25, AeadAlgorithm.CHACHA20_POLY1305);
    aead.forEach(
        (value, algorithm) ->
            assertThat(standard.require(value).applicationAead()).isEqualTo(algorithm));
    assertThat(standard.require(6).applicationHash().sha2()).contains(HashAlgorithm.SHA_256);
    assertThat(standard.require(24).applicationHash().sha2()).contains(HashAlgorithm.SHA_384);
    assertThat(standard.require(25).applicationHash().sha2()).isEmpty();
  }

  @Test
  @Tag("LK-068")
  void agreesWithTheTracesOnEverySuite() {
    var cases = Vectors.load("edhoc-derived-traces.json", node -> node);
    assertThat(cases).hasSize(21);
    for (var trace : cases) {
      CipherSuite suite = standard.require(trace.path("selected_suite").asInt());
      var expected = trace.path("suite");
      List<Integer> array = suite.array();
      assertThat(array.get(0)).isEqualTo(expected.path("edhoc_aead").asInt());
      assertThat(suite.hash().name().replace("_", ""))
          .isEqualToIgnoringCase(expected.path("edhoc_hash").asText());
      assertThat(suite.macOctets()).isEqualTo(expected.path("mac_length_static_dh").asInt());
      assertThat(suite.curve().name().replace("_", "-"))
          .isEqualTo(expected.path("ecdh_curve").asText());
      assertThat(suite.signature().name())
          .isEqualToIgnoringCase(expected.path("signature").asText());
      assertThat(array.get(5)).isEqualTo(expected.path("app_aead").asInt());
    }
  }

  @Test
  @Tag("LK-068")
  void knowsTheLengthsThatSuiteAndMethodDemand() {
    CipherSuite suite = standard.require(24);
    assertThat(suite.signatureOrMacOctets(AuthenticationKind.SIGNATURE)).isEqualTo(96);
    assertThat(suite.signatureOrMacOctets(AuthenticationKind.STATIC_DH)).isEqualTo(16);
    assertThat(suite.signatureOrMacOctets(AuthenticationKind.PSK)).isZero();
    assertThat(suite.macOctets(AuthenticationKind.SIGNATURE)).isEqualTo(48);
    assertThat(suite.macOctets(AuthenticationKind.STATIC_DH)).isEqualTo(16);
    assertThat(EdhocHash.SHAKE_256.octets()).isEqualTo(64);
  }

  @Test
  @Tag("LK-062")
  void takesAPrivateSuiteByRegistration() {
    CipherSuites more = standard.with(PRIVATE);
    assertThat(more.find(-24)).contains(PRIVATE);
    assertThat(more.all()).hasSize(10);
    assertThat(standard.find(-24)).isEmpty();
    assertThat(PRIVATE.array()).containsExactly(3, -43, 12, 5, -8, 24, -16);
  }

  @Test
  @Tag("LK-062")
  void refusesPrivateSuitesOutsideOfTheirRange() {
    for (int value : List.of(-25, -20, 0, 7)) {
      assertThatThrownBy(() -> standard.with(renumbered(value)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> standard.with(PRIVATE).with(PRIVATE)).hasMessageContaining("already");
    assertThat(standard.with(renumbered(-21)).find(-21)).isPresent();
  }

  @Test
  void refusesMacsThatAreTooShortOrLongerThanTheHash() {
    for (int octets : List.of(7, 65)) {
      assertThatThrownBy(
              () ->
                  new CipherSuite(
                      -24,
                      AeadAlgorithm.AES_GCM_256,
                      EdhocHash.SHAKE_256,
                      octets,
                      DhCurve.X448,
                      SignatureAlgorithm.ED448,
                      AeadAlgorithm.AES_GCM_256,
                      EdhocHash.SHAKE_256))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void saysWhichSuiteIsMissing() {
    assertThat(standard.find(23)).isEmpty();
    assertThatThrownBy(() -> standard.require(23)).hasMessageContaining("23");
  }

  @Test
  void knowsHowEachRoleAuthenticates() {
    assertThat(Method.of(2)).contains(Method.DH_SIGN);
    assertThat(Method.of(5)).isEmpty();
    assertThat(Method.of(-1)).isEmpty();
    assertThat(Method.SIGN_DH.of(Role.INITIATOR)).isEqualTo(AuthenticationKind.SIGNATURE);
    assertThat(Method.SIGN_DH.of(Role.RESPONDER)).isEqualTo(AuthenticationKind.STATIC_DH);
    assertThat(Method.PSK.value()).isEqualTo(4);
    assertThat(Role.INITIATOR.other()).isEqualTo(Role.RESPONDER);
    assertThat(Role.RESPONDER.other()).isEqualTo(Role.INITIATOR);
  }

  private static CipherSuite renumbered(int value) {
    return new CipherSuite(
        value,
        PRIVATE.aead(),
        PRIVATE.hash(),
        PRIVATE.macOctets(),
        PRIVATE.curve(),
        PRIVATE.signature(),
        PRIVATE.applicationAead(),
        PRIVATE.applicationHash());
  }
}
