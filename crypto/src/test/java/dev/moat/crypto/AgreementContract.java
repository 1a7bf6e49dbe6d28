package dev.moat.crypto;

import static dev.moat.crypto.CurvesUnderTest.exposed;
import static dev.moat.crypto.CurvesUnderTest.filled;
import static dev.moat.crypto.CurvesUnderTest.order;
import static dev.moat.crypto.CurvesUnderTest.prime;
import static dev.moat.crypto.CurvesUnderTest.refuses;
import static dev.moat.crypto.CurvesUnderTest.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.KeyMaterialException.Reason;
import dev.moat.testkit.Seeded;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every provider of key agreement keeps. */
public interface AgreementContract extends CurvesUnderTest {
  @Test
  default void agreesBothWaysOnEveryCurve() {
    for (DhCurve curve : agreements()) {
      Seeded.check(
          5,
          arbitrary -> {
            try (DhPrivateKey a = curves().generate(curve, arbitrary.random());
                DhPrivateKey b = curves().generate(curve, arbitrary.random());
                SecretBytes ab = a.agree(curves().publicKey(curve, b.publicKey()));
                SecretBytes ba = b.agree(curves().publicKey(curve, a.publicKey()))) {
              assertThat(ab).isEqualTo(ba);
              assertThat(ab.length()).isEqualTo(curve.octets());
              assertThat(a.publicKey().length()).isEqualTo(curve.octets());
              assertThat(a.publicKey()).isNotEqualTo(b.publicKey());
              assertThat(a.curve()).isEqualTo(curve);
            }
          });
    }
  }

  @Test
  default void makesTheSameKeyOfTheSameOctets() throws KeyMaterialException {
    for (DhCurve curve : agreements()) {
      Bytes octets = Bytes.of(0x10).plus(Seeded.random().bytes(curve.octets() - 1));
      try (DhPrivateKey imported = curves().privateKey(curve, secret(octets));
          DhPrivateKey generated = curves().generate(curve, target -> octets.copyTo(target, 0))) {
        assertThat(imported.publicKey()).isEqualTo(generated.publicKey());
      }
    }
  }

  @Test
  default void takesTheSmallestAndTheGreatestScalar() throws KeyMaterialException {
    for (DhCurve curve : weierstrass()) {
      Bytes one = filled(curve.octets() - 1, 0).plus(Bytes.of(1));
      byte[] greatest = order(curve).toArray();
      greatest[greatest.length - 1]--;
      // n - 1 times a point is its negative: the same coordinate.
      try (DhPrivateKey first = privateKey(curve, one);
          DhPrivateKey last = privateKey(curve, Bytes.owned(greatest));
          SecretBytes shared = first.agree(publicKey(curve, last.publicKey()))) {
        assertThat(first.publicKey()).isEqualTo(last.publicKey());
        assertThat(exposed(shared)).isEqualTo(first.publicKey());
      }
    }
  }

  @Test
  @Tag("LK-075")
  default void refusesCoordinatesThatAreNotReducedOrOnNoPoint() {
    for (DhCurve curve : weierstrass()) {
      refuses(Reason.NOT_REDUCED, () -> publicKey(curve, prime(curve)));
      refuses(Reason.NOT_REDUCED, () -> publicKey(curve, filled(curve.octets(), 0xff)));
      // For x = 1 the right side of either equation is no square.
      Bytes one = filled(curve.octets() - 1, 0).plus(Bytes.of(1));
      refuses(Reason.NOT_ON_CURVE, () -> publicKey(curve, one));
    }
  }

  @Test
  default void doesNotAgreeAcrossCurves() throws KeyMaterialException {
    List<DhCurve> all = agreements();
    try (DhPrivateKey key = curves().generate(all.get(0), Seeded.random());
        DhPrivateKey other = curves().generate(all.get(all.size() - 1), Seeded.random())) {
      DhPublicKey peer = curves().publicKey(other.curve(), other.publicKey());
      assertThatIllegalArgumentException().isThrownBy(() -> key.agree(peer).close());
    }
  }

  @Test
  @Tag("LK-075")
  default void refusesPointsOfLowOrder() {
    for (DhCurve curve : List.of(DhCurve.X25519, DhCurve.X448)) {
      for (Bytes point : LowOrder.of(curve)) {
        if (curves().supports(curve)) {
          refuses(Reason.LOW_ORDER, () -> publicKey(curve, point));
        }
      }
    }
  }

  /** A point that another implementation let through, as the last line of defence. */
  @Test
  @Tag("LK-075")
  default void refusesASharedSecretOfZeros() {
    for (DhCurve curve : List.of(DhCurve.X25519, DhCurve.X448)) {
      if (curves().supports(curve)) {
        for (Bytes point : LowOrder.of(curve)) {
          try (DhPrivateKey key = curves().generate(curve, Seeded.random())) {
            assertThatThrownBy(() -> key.agree(new Unchecked(curve, point)).close())
                .isInstanceOf(KeyMaterialException.class);
          }
        }
      }
    }
  }

  @Test
  default void refusesAgreementKeysOfAnotherLength() {
    for (DhCurve curve : agreements()) {
      for (int octets : new int[] {0, curve.octets() - 1, curve.octets() + 1}) {
        refuses(Reason.WRONG_LENGTH, () -> publicKey(curve, filled(octets, 1)));
        refuses(Reason.WRONG_LENGTH, () -> privateKey(curve, filled(octets, 1)));
      }
    }
  }

  @Test
  default void refusesAgreementScalarsOutOfRange() {
    for (DhCurve curve : weierstrass()) {
      int octets = curve.octets();
      for (Bytes bad : List.of(filled(octets, 0), order(curve), filled(octets, 0xff))) {
        refuses(Reason.SCALAR_OUT_OF_RANGE, () -> privateKey(curve, bad));
      }
    }
  }

  @Test
  default void drawsAgainInsteadOfAScalarOutOfRange() {
    for (DhCurve curve : weierstrass()) {
      Iterator<Integer> draws = List.of(0xff, 0, 0x42).iterator();
      try (DhPrivateKey key =
          curves().generate(curve, target -> Arrays.fill(target, draws.next().byteValue()))) {
        assertThat(draws.hasNext()).isFalse();
        assertThat(key.publicKey().length()).isEqualTo(curve.octets());
      }
    }
  }

  @Test
  default void doesNotLoopForeverOnARandomSourceOfZeros() {
    for (DhCurve curve : weierstrass()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> curves().generate(curve, target -> {}).close())
          .withMessageContaining("random source");
    }
  }

  @Test
  default void isOfNoUseForAgreementOnceClosed() throws KeyMaterialException {
    for (DhCurve curve : agreements()) {
      DhPrivateKey key = curves().generate(curve, Seeded.random());
      DhPublicKey peer = publicKey(curve, key.publicKey());
      key.close();
      key.close();
      assertThatIllegalStateException().isThrownBy(() -> key.agree(peer).close());
    }
  }

  @Test
  default void neverPrintsAnAgreementKey() {
    for (DhCurve curve : agreements()) {
      try (DhPrivateKey key = curves().generate(curve, Seeded.random())) {
        assertThat(key.toString()).isEqualTo("DhPrivateKey[" + curve + "]");
      }
    }
  }

  @Test
  default void saysWhichCurvesItDoesNotSupport() {
    for (DhCurve curve : DhCurve.values()) {
      if (!curves().supports(curve)) {
        refuses(Reason.UNSUPPORTED, () -> publicKey(curve, filled(curve.octets(), 9)));
        refuses(Reason.UNSUPPORTED, () -> privateKey(curve, filled(curve.octets(), 9)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> curves().generate(curve, Seeded.random()).close());
      }
    }
  }

  private List<DhCurve> weierstrass() {
    return agreements().stream().filter(CurvesUnderTest::isWeierstrass).toList();
  }

  private DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
    return curves().publicKey(curve, coordinate);
  }

  private DhPrivateKey privateKey(DhCurve curve, Bytes octets) throws KeyMaterialException {
    return curves().privateKey(curve, secret(octets));
  }

  /** A public key that nobody checked. */
  record Unchecked(DhCurve curve, Bytes coordinate) implements DhPublicKey {}
}
