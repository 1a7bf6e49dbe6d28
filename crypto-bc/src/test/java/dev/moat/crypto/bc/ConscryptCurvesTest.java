package dev.moat.crypto.bc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.crypto.AgreementContract;
import dev.moat.crypto.CurveVectorsContract;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Conscrypt ships its native library for this system and two others; elsewhere it is absent. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
class ConscryptCurvesTest implements AgreementContract, SigningContract, CurveVectorsContract {
  private Curves curves;

  @BeforeEach
  void load() {
    curves = ConscryptCurves.load().orElseThrow();
  }

  @Override
  public Curves curves() {
    return curves;
  }

  @Test
  void saysItsVersion() {
    assertThat(curves.provider()).matches("Conscrypt \\d+\\.\\d+\\.\\d+");
  }

  @Test
  void supportsAllButCurve448() {
    assertThat(agreements()).containsExactly(DhCurve.P_256, DhCurve.P_384, DhCurve.X25519);
    assertThat(signatures())
        .containsExactly(
            SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.ED25519);
  }
}
