package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.testkit.SignatureCase;
import org.junit.jupiter.api.Test;

class JdkCurvesTest implements AgreementContract, SigningContract, CurveVectorsContract {
  private final Curves curves = JdkCurves.create();

  @Override
  public Curves curves() {
    return curves;
  }

  /**
   * JDK 17 refuses a signature whose point has an x-coordinate between n and p: one in 2^128, and
   * to refuse it harms nobody.
   */
  @Override
  public boolean mayRefuse(SignatureCase vector) {
    return vector.id().equals("115 k*G has a large x-coordinate")
        || vector.id().equals("257 r = 3, x = n + 3 is the smallest possible x with a reduction");
  }

  @Test
  void saysWhichProviderItIs() {
    assertThat(curves.provider()).startsWith("JDK");
  }

  @Test
  void supportsAllButEd448() {
    assertThat(agreements()).containsExactly(DhCurve.values());
    assertThat(signatures())
        .containsExactly(
            SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.ED25519);
  }
}
