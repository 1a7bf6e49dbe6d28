package dev.moat.cose.key;

import static dev.moat.cose.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.testkit.Vectors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Public keys as COSE_Keys and as points; the coordinates are those of RFC 9529, Section 3. */
class PublicKeyTest {
  private static final String X =
      "bbc34960526ea4d32e940cad2a234148ddc21791a12afbcbac93622046dd44f0";
  private static final String Y =
      "4519e257236b2a0ce2023f0931f1f386ca7afda64fcde0108c224c51eabf6072";
  private static final String X384 =
      "52e24c375a0eabaa2e8902ecfac4ab78f5020e750275acf7ecbca112ed1c1093"
          + "1e7792c200cab8e100b7a9417e517c07";
  private static final String Y384 =
      "a0186bbe9cec275f596c91efcbb1cccbcfc87dc21256686126fd30024c78af29"
          + "d681d84edefeff77d3a0a8148747af32";

  @Nested
  class CoseKeys {
    @Test
    void readsAndWritesAllMembers() throws CoseException {
      Bytes encoded = Bytes.hex("a501020241322001215820" + X + "225820" + Y);
      PublicKey key = PublicKey.decode(encoded);
      assertThat(key.curve()).isEqualTo(KeyCurve.P_256);
      assertThat(key.x()).isEqualTo(Bytes.hex(X));
      assertThat(key.y()).contains(Bytes.hex(Y));
      assertThat(key.kid()).contains(Bytes.of(0x32));
      assertThat(key.encode()).isEqualTo(encoded);
      assertThat(key.withKid(Bytes.of(7)).kid()).contains(Bytes.of(7));
    }

    @Test
    void computesYFromItsSign() throws CoseException {
      PublicKey even = PublicKey.decode(Bytes.hex("a401022001215820" + X + "22f4"));
      assertThat(even.y()).contains(Bytes.hex(Y));
      PublicKey odd = PublicKey.decode(Bytes.hex("a401022001215820" + X + "22f5"));
      assertThat(odd.y()).isPresent().isNotEqualTo(even.y());
      assertThat(PublicKey.decode(odd.encode())).isEqualTo(odd);
      assertThat(odd.sameKey(even)).isFalse();
    }

    @Test
    void computesYOfP384() throws CoseException {
      assertThat(PublicKey.decode(Bytes.hex("a401022002215830" + X384 + "22f4")).y())
          .contains(Bytes.hex(Y384));
    }

    /** RFC 9528, Appendix B. */
    @Test
    void computesTheYOfTheExampleUpToItsSign() throws CoseException {
      var example =
          Vectors.load("edhoc-codec-examples.json", node -> node).stream()
              .filter(node -> node.path("id").asText().equals("p256-y-from-x"))
              .findFirst()
              .orElseThrow();
      Bytes x = Bytes.hex(example.path("x").asText());
      Bytes y = Bytes.hex(example.path("y").asText());
      List<Optional<Bytes>> both =
          List.of(
              PublicKey.ofPoint(KeyCurve.P_256, Bytes.of(2).plus(x)).y(),
              PublicKey.ofPoint(KeyCurve.P_256, Bytes.of(3).plus(x)).y());
      assertThat(both).contains(Optional.of(y));
    }

    @Test
    void agreesWithoutYButDoesNotVerify() throws CoseException {
      PublicKey key = PublicKey.decode(Bytes.hex("a301022001215820" + X));
      assertThat(key.y()).isEmpty();
      assertThat(key.sameKey(PublicKey.decode(Bytes.hex("a401022001215820" + X + "22f5"))))
          .isTrue();
      assertRefused(key::forSignature, Reason.KEY_NOT_FOR_THIS);
    }

    @ParameterizedTest
    @CsvSource({
      "'', MALFORMED_CBOR",
      "a1010201, MALFORMED_CBOR",
      "80, BAD_PUBLIC_KEY",
      "a0, BAD_PUBLIC_KEY",
      "a14001, BAD_PUBLIC_KEY",
      "a10102, BAD_PUBLIC_KEY",
      "a201022001, BAD_PUBLIC_KEY",
      "a201042001, BAD_PUBLIC_KEY",
      "a201032001, BAD_PUBLIC_KEY",
      "a201f62001, BAD_PUBLIC_KEY",
      "a20161322001, BAD_PUBLIC_KEY",
      "a201022003, UNKNOWN_CURVE",
      "a201022008, UNKNOWN_CURVE",
      "a201022004, BAD_PUBLIC_KEY",
      "a201012001, BAD_PUBLIC_KEY",
      "a301022001214101, BAD_PUBLIC_KEY",
      "a3010220012101, BAD_PUBLIC_KEY"
    })
    void refusesWhatIsNoKey(String encoded, Reason reason) {
      assertRefused(() -> PublicKey.decode(Bytes.hex(encoded)), reason);
    }

    @Test
    void refusesCoordinatesOfNoPoint() {
      String x = "a401022001215820" + X;
      assertRefused(() -> PublicKey.decode(Bytes.hex(x + "225820" + X)), Reason.NOT_ON_CURVE);
      assertRefused(() -> PublicKey.decode(Bytes.hex(x + "224101")), Reason.BAD_PUBLIC_KEY);
      assertRefused(() -> PublicKey.decode(Bytes.hex(x + "22f6")), Reason.BAD_PUBLIC_KEY);
      String prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
      for (String member : List.of("", "22f4", "22f5", "225820" + Y)) {
        String head = member.isEmpty() ? "a301022001215820" : "a401022001215820";
        assertRefused(
            () -> PublicKey.decode(Bytes.hex(head + prime + member)), Reason.NOT_ON_CURVE);
      }
      assertRefused(() -> PublicKey.decode(Bytes.hex(x + "225820" + prime)), Reason.NOT_ON_CURVE);
      String noRoot = "00".repeat(31) + "01";
      assertThat(ShortWeierstrass.P_256.has(Bytes.hex(noRoot))).isFalse();
      assertRefused(
          () -> PublicKey.decode(Bytes.hex("a301022001215820" + noRoot)), Reason.NOT_ON_CURVE);
      assertRefused(
          () -> PublicKey.decode(Bytes.hex("a401022001215820" + noRoot + "22f4")),
          Reason.NOT_ON_CURVE);
    }

    @Test
    void refusesAPrivatePart() {
      String key = "a401012006215820" + X + "235820" + Y;
      assertRefused(() -> PublicKey.decode(Bytes.hex(key)), Reason.EXPOSED_PRIVATE_KEY);
    }
  }

  @Nested
  class Points {
    @Test
    void readsBothForms() throws CoseException {
      PublicKey whole = PublicKey.ofPoint(KeyCurve.P_256, Bytes.hex("04" + X + Y));
      assertThat(whole.forSignature()).isEqualTo(Bytes.hex(X + Y));
      assertThat(PublicKey.ofPoint(KeyCurve.P_256, Bytes.hex("02" + X))).isEqualTo(whole);
      assertThat(PublicKey.ofPoint(KeyCurve.X25519, Bytes.hex(X)).x()).isEqualTo(Bytes.hex(X));
    }

    @ParameterizedTest
    @CsvSource({"P_256, ''", "P_256, 00", "P_256, 04", "P_256, 02", "P_256, 03bbc3", "X25519, 00"})
    void refusesOtherForms(KeyCurve curve, String point) {
      assertRefused(() -> PublicKey.ofPoint(curve, Bytes.hex(point)), Reason.BAD_PUBLIC_KEY);
    }

    @Test
    void refusesPointsBesideTheCurve() {
      assertRefused(
          () -> PublicKey.ofPoint(KeyCurve.P_256, Bytes.hex("04" + Y + X)), Reason.NOT_ON_CURVE);
      assertRefused(
          () -> PublicKey.ofPoint(KeyCurve.P_256, Bytes.hex("02" + "00".repeat(31) + "01")),
          Reason.NOT_ON_CURVE);
    }
  }

  @Nested
  class Values {
    @Test
    void isMadeOfWhatSignatureAlgorithmsHave() throws CoseException {
      PublicKey p256 = PublicKey.ofSignature(SignatureAlgorithm.ES256, Bytes.hex(X + Y));
      assertThat(p256.y()).contains(Bytes.hex(Y));
      assertThat(PublicKey.ofSignature(SignatureAlgorithm.ED25519, Bytes.hex(X)).forSignature())
          .isEqualTo(Bytes.hex(X));
      assertRefused(
          () -> PublicKey.ofX(KeyCurve.X25519, Bytes.hex(X)).forSignature(),
          Reason.KEY_NOT_FOR_THIS);
    }

    @Test
    void hasTheLengthsOfItsCurve() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PublicKey.ofX(KeyCurve.ED448, Bytes.hex(X)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PublicKey.ofSignature(SignatureAlgorithm.ES256, Bytes.hex(X)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PublicKey.ofSignature(SignatureAlgorithm.ES256, Bytes.of(1)));
      Optional<Bytes> y = Optional.of(Bytes.hex(Y));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PublicKey(KeyCurve.X25519, Bytes.hex(X), y, Optional.empty()));
    }

    @Test
    void differsByCurveAndCoordinate() {
      PublicKey one = PublicKey.ofX(KeyCurve.X25519, Bytes.hex(X));
      assertThat(one.sameKey(one.withKid(Bytes.of(1)))).isTrue();
      assertThat(one.sameKey(PublicKey.ofX(KeyCurve.ED25519, Bytes.hex(X)))).isFalse();
      assertThat(one.sameKey(PublicKey.ofX(KeyCurve.X25519, Bytes.hex(Y)))).isFalse();
      PublicKey ec = PublicKey.ofSignature(SignatureAlgorithm.ES256, Bytes.hex(X + Y));
      assertThat(ec.sameKey(ec)).isTrue();
      assertThat(ec.sameKey(PublicKey.ofX(KeyCurve.P_256, Bytes.hex(X)))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void findsCurvesByNumberAndUse(KeyCurve curve) {
      assertThat(KeyCurve.of(curve.id())).contains(curve);
      curve.signature().ifPresent(known -> assertThat(KeyCurve.of(known)).isEqualTo(curve));
      curve.dh().ifPresent(known -> assertThat(KeyCurve.of(known)).isEqualTo(curve));
      assertThat(curve.dh().map(DhCurve::octets).orElse(curve.octets())).isEqualTo(curve.octets());
      assertThat(curve.signature().map(SignatureAlgorithm::privateKeyOctets).orElse(curve.octets()))
          .isEqualTo(curve.octets());
    }
  }

  /** RFC 9052, Section 7.1: alg and key_ops. */
  @Nested
  class Restrictions {
    @ParameterizedTest
    @CsvSource({
      // nothing; alg; key_ops
      "'', SIGNATURE AGREEMENT",
      "0326, SIGNATURE",
      "0328, SIGNATURE",
      "033818, AGREEMENT",
      "033821, AGREEMENT",
      "033822, ''",
      "0301, ''",
      "048102, SIGNATURE",
      "048101, ''",
      "0480, AGREEMENT",
      "048107, AGREEMENT",
      "048108, AGREEMENT",
      "04820207, SIGNATURE AGREEMENT",
      "0482026161, SIGNATURE",
      "0326048107, ''"
    })
    void permitsWhatItSays(String members, String uses) throws CoseException {
      int count = 4 + (members.isEmpty() ? 0 : members.startsWith("0326048") ? 2 : 1);
      Bytes key = Bytes.hex("a" + count + "0102" + members + "2001215820" + X + "22f4");
      UsableKey usable = UsableKey.decode(key);
      assertThat(usable.uses().stream().map(Enum::name).sorted().toList())
          .isEqualTo(List.of(uses.split(" ")).stream().filter(u -> !u.isEmpty()).sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({"0402, BAD_PUBLIC_KEY", "048140, BAD_PUBLIC_KEY", "036130, BAD_PUBLIC_KEY"})
    void refusesOtherTypes(String members, Reason reason) {
      Bytes key = Bytes.hex("a50102" + members + "2001215820" + X + "22f4");
      assertRefused(() -> UsableKey.decode(key), reason);
    }

    @Test
    void permitsWhatTheCurveCan() {
      assertThat(UsableKey.of(PublicKey.ofX(KeyCurve.X25519, Bytes.hex(X))).uses())
          .containsExactly(KeyUse.AGREEMENT);
      assertThat(UsableKey.of(PublicKey.ofX(KeyCurve.ED25519, Bytes.hex(X))).uses())
          .containsExactly(KeyUse.SIGNATURE);
    }
  }
}
