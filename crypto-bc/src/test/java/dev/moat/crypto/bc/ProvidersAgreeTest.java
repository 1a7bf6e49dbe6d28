package dev.moat.crypto.bc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.JdkCurves;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every pair of providers, in both roles. */
class ProvidersAgreeTest {
  private static final List<Curves> PROVIDERS =
      Stream.<Curves>concat(
              Stream.of(BouncyCurves.create(), JdkCurves.create()), ConscryptCurves.load().stream())
          .toList();

  @ParameterizedTest
  @EnumSource
  void sharesOneSecretBetweenAnyTwoProviders(DhCurve curve) {
    Seeded.check(
        3,
        arbitrary -> {
          for (Curves one : supporting(curve)) {
            for (Curves other : supporting(curve)) {
              sharesOneSecret(arbitrary, one, other, curve);
            }
          }
        });
  }

  private static void sharesOneSecret(Arbitrary arbitrary, Curves one, Curves other, DhCurve curve)
      throws KeyMaterialException {
    try (DhPrivateKey a = one.generate(curve, arbitrary.random());
        DhPrivateKey b = other.generate(curve, arbitrary.random());
        SecretBytes ab = a.agree(one.publicKey(curve, b.publicKey()));
        SecretBytes ba = b.agree(other.publicKey(curve, a.publicKey()));
        // A key that another provider prepared is taken over by its coordinate.
        SecretBytes foreign = a.agree(other.publicKey(curve, b.publicKey()))) {
      assertThat(ab).as(one.provider() + " and " + other.provider()).isEqualTo(ba);
      assertThat(foreign).isEqualTo(ab);
    }
  }

  @ParameterizedTest
  @EnumSource
  void verifiesWhatAnyOtherProviderSigns(SignatureAlgorithm algorithm) {
    Seeded.check(
        3,
        arbitrary -> {
          Bytes seed = Bytes.of(1).plus(arbitrary.random().bytes(algorithm.privateKeyOctets() - 1));
          for (Curves one : supporting(algorithm)) {
            for (Curves other : supporting(algorithm)) {
              verifies(arbitrary.bytes(300), seed, one, other, algorithm);
            }
          }
        });
  }

  private static void verifies(
      Bytes message, Bytes seed, Curves one, Curves other, SignatureAlgorithm algorithm)
      throws KeyMaterialException {
    try (SecretBytes octets = SecretBytes.copyOf(seed.toArray());
        SigningKey signer = one.signingKey(algorithm, octets);
        SigningKey same = other.signingKey(algorithm, octets)) {
      assertThat(signer.publicKey()).isEqualTo(same.publicKey());
      assertThat(
              other
                  .verificationKey(algorithm, signer.publicKey())
                  .verify(message, signer.sign(message)))
          .isTrue();
    }
  }

  private static List<Curves> supporting(DhCurve curve) {
    return PROVIDERS.stream().filter(provider -> provider.supports(curve)).toList();
  }

  private static List<Curves> supporting(SignatureAlgorithm algorithm) {
    return PROVIDERS.stream().filter(provider -> provider.supports(algorithm)).toList();
  }
}
