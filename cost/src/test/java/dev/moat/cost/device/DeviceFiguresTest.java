package dev.moat.cost.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.edhoc.Role;
import dev.moat.radio.Direction;
import dev.moat.radio.Exchange;
import dev.moat.radio.lorawan.LorawanModel;
import dev.moat.radio.lorawan.LorawanSettings;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeviceFiguresTest {
  private static final DeviceFigures FIGURES = DeviceFigures.measure(Duration.ofMillis(500));

  /**
   * RFC 9528, Section 4.1: G_XY always; G_RX where the responder, G_IY where the initiator has a
   * static Diffie-Hellman key; else a signature of that side, which the other side verifies.
   * EDHOC-PSK has G_XY only.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1, 1, 1",
    "1, 2, 1, 0, 0, 1",
    "2, 2, 0, 1, 1, 0",
    "3, 3, 0, 0, 0, 0",
    "4, 1, 0, 0, 0, 0"
  })
  @Tag("LK-106")
  void publicKeyOperationsAreThoseOfTheMethod(
      int method, int agreements, int signedI, int verifiedI, int signedR, int verifiedR) {
    CryptoOperations initiator = FIGURES.method(method).initiator().operations();
    CryptoOperations responder = FIGURES.method(method).responder().operations();

    assertThat(initiator.keyGenerations()).isEqualTo(1);
    assertThat(responder.keyGenerations()).isEqualTo(1);
    assertThat(initiator.agreements()).isEqualTo(agreements);
    assertThat(responder.agreements()).isEqualTo(agreements);
    assertThat(initiator.signatures()).isEqualTo(signedI);
    assertThat(initiator.verifications()).isEqualTo(verifiedI);
    assertThat(responder.signatures()).isEqualTo(signedR);
    assertThat(responder.verifications()).isEqualTo(verifiedR);
    assertThat(initiator.publicKeyOperations()).isEqualTo(1 + agreements + signedI + verifiedI);
  }

  /** H(message_1), TH_2, TH_3, TH_4; an extraction for each secret; message_3 is AEAD's only. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 2", "3, 3", "4, 2"})
  @Tag("LK-106")
  void symmetricOperationsFollowTheKeySchedule(int method, int extracts) {
    for (Role role : Role.values()) {
      CryptoOperations operations = FIGURES.method(method).of(role).operations();
      assertThat(operations.hashes()).isEqualTo(4);
      assertThat(operations.extracts()).isEqualTo(extracts);
      assertThat(operations.hmacs()).isGreaterThanOrEqualTo(extracts + operations.expands());
      assertThat(operations.keccaks()).isZero();
      assertThat(operations.seals()).isEqualTo(role == Role.INITIATOR ? 1 : 0);
      assertThat(operations.opens()).isEqualTo(role == Role.INITIATOR ? 0 : 1);
    }
  }

  @Test
  @Tag("LK-108")
  void stateFitsIntoTheSmallestDevicesManyTimes() {
    HandshakeState initiator = FIGURES.method(3).initiator().state();
    HandshakeState responder = FIGURES.method(3).responder().state();

    // P-256 and SHA-256: 32 octets each, C_I, method and suite.
    assertThat(initiator.waitingOctets()).isEqualTo(32 + 32 + 1 + 2);
    // G_IY is to be computed with message_3.
    assertThat(responder.waitingOctets()).isEqualTo(32 + 32 + 32 + 2 + 2);
    assertThat(FIGURES.method(0).responder().state().waitingOctets()).isEqualTo(32 + 32 + 2 + 2);
    assertThat(initiator.inboundOctets()).isEqualTo(45);
    assertThat(initiator.outboundOctets()).isEqualTo(37);
    assertThat(responder.outboundOctets()).isEqualTo(45);
    assertThat(FIGURES.methods())
        .allSatisfy(
            method -> {
              assertThat(method.initiator().state().peakOctets()).isBetween(200, 1_000);
              assertThat(method.responder().state().peakOctets()).isBetween(200, 1_000);
            });
  }

  /**
   * Several times the code of the handshake is there anyway; the published one is 31 kB of flash.
   */
  @Test
  @Tag("LK-107")
  @Tag("LK-108")
  void codeOfEdhocIsASmallPartOfWhatIsThere() {
    CodeSize code = FIGURES.code();

    assertThat(code.added()).extracting(ModuleSize::module).containsExactly("edhoc", "edhoc-coap");
    assertThat(code.base()).hasSize(7).allMatch(module -> module.classes() > 0);
    assertThat(code.addedPart()).isBetween(0.05, 0.5);
    assertThat(code.addedSum().codeOctets()).isBetween(20_000L, 60_000L);
    assertThat(code.addedSum().fileOctets()).isGreaterThan(5 * code.addedSum().codeOctets());
    assertThat(FIGURES.references().get(0).flash()).isEqualTo(31_177);
  }

  /** RFC 9528, Figure 1, for method 3 by kid: 37, 45 and 19 octets. */
  @Test
  @Tag("LK-104")
  void computingTakesNextToNothingOfTheTimeOnAir() {
    Exchange handshake = Exchange.alternating("method 3", Direction.UPLINK, 37, 45, 19);
    long air = LorawanModel.cost(handshake, LorawanSettings.benchmark()).airMicros();
    CpuTime cpu = FIGURES.method(3).cpu();

    assertThat(cpu.runs()).isGreaterThanOrEqualTo(3);
    assertThat(cpu.initiatorNanos()).isPositive();
    assertThat(cpu.ratioToAirTime(Role.INITIATOR, air)).isPositive().isLessThan(0.1);
    assertThat(cpu.ratioToAirTime(Role.RESPONDER, air)).isPositive().isLessThan(0.1);
    assertThatIllegalArgumentException().isThrownBy(() -> cpu.ratioToAirTime(Role.INITIATOR, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 5})
  void thereAreFiveMethods(int other) {
    assertThat(FIGURES.methods()).extracting(MethodFigures::method).containsExactly(0, 1, 2, 3, 4);
    assertThatIllegalArgumentException().isThrownBy(() -> FIGURES.method(other));
  }
}
