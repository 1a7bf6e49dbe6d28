package dev.moat.crypto;

import static dev.moat.crypto.CurvesUnderTest.filled;
import static dev.moat.crypto.CurvesUnderTest.order;
import static dev.moat.crypto.CurvesUnderTest.prime;
import static dev.moat.crypto.CurvesUnderTest.refuses;
import static dev.moat.crypto.CurvesUnderTest.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import dev.moat.testkit.Seeded;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every provider of signatures keeps. */
public interface SigningContract extends CurvesUnderTest {
  @Test
  default void verifiesWhatItSigned() {
    for (SignatureAlgorithm algorithm : signatures()) {
      Seeded.check(
          5,
          arbitrary -> {
            Bytes message = arbitrary.random().bytes(arbitrary.random().below(200));
            try (SigningKey key = signingKey(algorithm, seed(algorithm, arbitrary.random()))) {
              Bytes signature = key.sign(message);
              VerificationKey verification = curves().verificationKey(algorithm, key.publicKey());
              assertThat(signature.length()).isEqualTo(algorithm.signatureOctets());
              assertThat(verification.verify(message, signature)).isTrue();
              assertThat(verification.verify(message.plus(Bytes.of(0)), signature)).isFalse();
              assertThat(verification.publicKey()).isEqualTo(key.publicKey());
              assertThat(verification.algorithm()).isEqualTo(key.algorithm()).isEqualTo(algorithm);
            }
          });
    }
  }

  @Test
  default void verifiesNoSignatureWithAnyOctetChanged() throws KeyMaterialException {
    for (SignatureAlgorithm algorithm : signatures()) {
      try (SigningKey key = signingKey(algorithm, seed(algorithm, Seeded.random()))) {
        Bytes message = Bytes.utf8("open the door");
        byte[] signature = key.sign(message).toArray();
        VerificationKey verification = curves().verificationKey(algorithm, key.publicKey());
        for (int i = 0; i < signature.length; i++) {
          byte[] changed = signature.clone();
          changed[i] ^= 1;
          assertThat(verification.verify(message, Bytes.owned(changed))).isFalse();
        }
      }
    }
  }

  @Test
  default void verifiesNoSignatureOfAnotherForm() throws KeyMaterialException {
    for (SignatureAlgorithm algorithm : signatures()) {
      try (SigningKey key = signingKey(algorithm, seed(algorithm, Seeded.random()))) {
        Bytes message = Bytes.utf8("open the door");
        Bytes signature = key.sign(message);
        int octets = algorithm.signatureOctets();
        VerificationKey verification = curves().verificationKey(algorithm, key.publicKey());
        List<Bytes> others =
            List.of(
                Bytes.empty(),
                signature.slice(0, octets - 1),
                signature.plus(Bytes.of(0)),
                Bytes.owned(new byte[octets]),
                filled(octets, 0xff),
                signature.slice(0, octets / 2).plus(Bytes.owned(new byte[octets / 2])),
                Bytes.owned(new byte[octets / 2]).plus(signature.slice(octets / 2, octets)));
        assertThat(others).noneMatch(other -> verification.verify(message, other));
      }
    }
  }

  @Test
  @Tag("LK-075")
  default void refusesEcdsaKeysOffTheCurve() throws KeyMaterialException {
    for (SignatureAlgorithm algorithm : ecdsa()) {
      byte[] point;
      try (SigningKey key = signingKey(algorithm, seed(algorithm, Seeded.random()))) {
        point = key.publicKey().toArray();
      }
      int half = point.length / 2;
      Bytes x = Bytes.copyOf(point, 0, half);
      Bytes y = Bytes.copyOf(point, half, half);
      point[point.length - 1] ^= 1;
      refuses(Reason.NOT_ON_CURVE, () -> verificationKey(algorithm, Bytes.owned(point)));
      refuses(Reason.NOT_ON_CURVE, () -> verificationKey(algorithm, filled(2 * half, 0)));
      refuses(Reason.NOT_REDUCED, () -> verificationKey(algorithm, prime(algorithm).plus(y)));
      refuses(Reason.NOT_REDUCED, () -> verificationKey(algorithm, x.plus(prime(algorithm))));
    }
  }

  @Test
  default void doesNotDependOnTheCallersOctets() throws KeyMaterialException {
    for (SignatureAlgorithm algorithm : signatures()) {
      SecretBytes octets = secret(seed(algorithm, Seeded.random()));
      try (SigningKey key = curves().signingKey(algorithm, octets)) {
        octets.close();
        Bytes signature = key.sign(Bytes.utf8("later"));
        assertThat(
                verificationKey(algorithm, key.publicKey()).verify(Bytes.utf8("later"), signature))
            .isTrue();
      }
    }
  }

  @Test
  default void refusesSignatureKeysOfAnotherLength() {
    for (SignatureAlgorithm algorithm : signatures()) {
      refuses(
          Reason.WRONG_LENGTH,
          () -> verificationKey(algorithm, filled(algorithm.publicKeyOctets() + 1, 1)));
      refuses(
          Reason.WRONG_LENGTH,
          () -> signingKey(algorithm, filled(algorithm.privateKeyOctets() - 1, 1)));
    }
  }

  @Test
  default void refusesSigningScalarsOutOfRange() {
    for (SignatureAlgorithm algorithm : ecdsa()) {
      int octets = algorithm.privateKeyOctets();
      for (Bytes bad : List.of(filled(octets, 0), order(algorithm), filled(octets, 0xff))) {
        refuses(Reason.SCALAR_OUT_OF_RANGE, () -> signingKey(algorithm, bad));
      }
    }
  }

  @Test
  @Tag("LK-075")
  default void refusesEdwardsKeysThatNoSignerHas() {
    for (SignatureAlgorithm algorithm : signatures()) {
      if (!ecdsa().contains(algorithm)) {
        for (Bytes point : LowOrder.of(algorithm)) {
          refuses(Reason.LOW_ORDER, () -> verificationKey(algorithm, point));
        }
        int octets = algorithm.publicKeyOctets();
        refuses(Reason.NOT_REDUCED, () -> verificationKey(algorithm, filled(octets, 0xff)));
        refuses(Reason.NOT_REDUCED, () -> verificationKey(algorithm, prime(algorithm)));
        // For y = 2 the right side of either equation is no square.
        Bytes two = Bytes.of(2).plus(filled(octets - 1, 0));
        refuses(Reason.NOT_ON_CURVE, () -> verificationKey(algorithm, two));
      }
    }
  }

  @Test
  default void isOfNoUseForSigningOnceClosed() throws KeyMaterialException {
    for (SignatureAlgorithm algorithm : signatures()) {
      SigningKey key = signingKey(algorithm, seed(algorithm, Seeded.random()));
      key.close();
      key.close();
      assertThatIllegalStateException().isThrownBy(() -> key.sign(Bytes.empty()));
    }
  }

  @Test
  default void neverPrintsASigningKey() throws KeyMaterialException {
    for (SignatureAlgorithm algorithm : signatures()) {
      try (SigningKey key = signingKey(algorithm, seed(algorithm, Seeded.random()))) {
        assertThat(key.toString()).isEqualTo("SigningKey[" + algorithm + "]");
      }
    }
  }

  @Test
  default void saysWhichSignaturesItDoesNotSupport() {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      if (!curves().supports(algorithm)) {
        Bytes point = filled(algorithm.publicKeyOctets(), 1);
        refuses(Reason.UNSUPPORTED, () -> verificationKey(algorithm, point));
        refuses(
            Reason.UNSUPPORTED,
            () -> signingKey(algorithm, filled(algorithm.privateKeyOctets(), 1)));
      }
    }
  }

  private List<SignatureAlgorithm> ecdsa() {
    return signatures().stream().filter(CurvesUnderTest::isEcdsa).toList();
  }

  private VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes key)
      throws KeyMaterialException {
    return curves().verificationKey(algorithm, key);
  }

  private SigningKey signingKey(SignatureAlgorithm algorithm, Bytes octets)
      throws KeyMaterialException {
    return curves().signingKey(algorithm, secret(octets));
  }

  /** A private key in range, whatever the algorithm. */
  private static Bytes seed(SignatureAlgorithm algorithm, RandomSource random) {
    return Bytes.of(0x11).plus(random.bytes(algorithm.privateKeyOctets() - 1));
  }
}
