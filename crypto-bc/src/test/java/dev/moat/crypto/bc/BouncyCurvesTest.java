package dev.moat.crypto.bc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AgreementContract;
import dev.moat.crypto.CurveVectorsContract;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Rfc6979;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningContract;
import dev.moat.crypto.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BouncyCurvesTest implements AgreementContract, SigningContract, CurveVectorsContract {
  private final Curves curves = BouncyCurves.create();

  @Override
  public Curves curves() {
    return curves;
  }

  @Test
  void saysItsVersion() {
    assertThat(curves.provider()).matches("Bouncy Castle 1\\.\\d+.*");
  }

  @Test
  void supportsEverything() {
    assertThat(DhCurve.values()).allMatch(curves::supports);
    assertThat(SignatureAlgorithm.values()).allMatch(curves::supports);
  }

  @ParameterizedTest
  @EnumSource
  void signsAsRfc6979Does(Rfc6979 example) throws KeyMaterialException {
    try (SecretBytes scalar = SecretBytes.copyOf(example.scalar.toArray());
        SigningKey key = curves.signingKey(example.algorithm, scalar)) {
      assertThat(key.sign(Bytes.utf8("sample"))).isEqualTo(example.signatureOfSample);
    }
  }
}
