package dev.moat.cose.key;

import static dev.moat.cose.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Private COSE_Keys; the P-256 key is the responder's of RFC 9529, Section 3. */
class PrivateKeyTest {
  private static final Curves CURVES = PrimitivesChoice.best().curves();
  private static final RandomSource RANDOM = new InsecureSeededRandom(20);
  private static final String D =
      "72cc4761dbd4c78f758931aa589d348d1ef874a7e303ede2f140dcf3e6aa4aac";
  private static final String X =
      "bbc34960526ea4d32e940cad2a234148ddc21791a12afbcbac93622046dd44f0";

  @ParameterizedTest
  @EnumSource
  void isReadAsItWasWritten(KeyCurve curve) throws CoseException {
    try (PrivateKey key = PrivateKey.generate(curve, CURVES, RANDOM);
        SecretBytes encoded = key.encode();
        PrivateKey read = PrivateKey.decode(encoded)) {
      assertThat(read.publicKey()).isEqualTo(key.publicKey());
      assertThat(read.d()).isEqualTo(key.d());
      assertThat(PublicKey.decode(key.publicKey().encode())).isEqualTo(key.publicKey());
      Bytes open = encoded.use(Bytes::copyOf);
      assertRefused(() -> PublicKey.decode(open), Reason.EXPOSED_PRIVATE_KEY);
      assertThat(key.toString()).doesNotContain(key.d().use(Bytes::copyOf).toHex());
    }
  }

  /** What other implementations store: no x, which is computed, and no kid. */
  @Test
  void computesThePublicPartThatIsLeftOut() throws CoseException {
    try (SecretBytes encoded = secret("a301022001235820" + D);
        PrivateKey key = PrivateKey.decode(encoded, CURVES)) {
      assertThat(key.publicKey().x()).isEqualTo(Bytes.hex(X));
      assertThat(key.publicKey().y()).isPresent();
      assertRefused(() -> PrivateKey.decode(encoded), Reason.BAD_PUBLIC_KEY);
    }
    try (SecretBytes encoded = secret("a401010241072004235820" + D);
        PrivateKey key = PrivateKey.decode(encoded, CURVES)) {
      assertThat(key.publicKey().curve()).isEqualTo(KeyCurve.X25519);
      assertThat(key.publicKey().kid()).contains(Bytes.of(7));
    }
    try (SecretBytes encoded = secret("a401022001215820" + X + "235820" + D);
        PrivateKey key = PrivateKey.decode(encoded, CURVES)) {
      assertThat(key.publicKey().y()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isPreparedForWhatItsCurveCan(KeyCurve curve) throws CoseException {
    try (PrivateKey key = PrivateKey.generate(curve, CURVES, RANDOM)) {
      if (curve.signature().isPresent()) {
        try (SigningKey signing = key.signing(CURVES)) {
          Bytes signature = signing.sign(Bytes.of(1));
          assertThat(key.publicKey().verification(CURVES).verify(Bytes.of(1), signature)).isTrue();
        }
      } else {
        assertRefused(() -> key.signing(CURVES), Reason.KEY_NOT_FOR_THIS);
        assertRefused(() -> key.publicKey().verification(CURVES), Reason.KEY_NOT_FOR_THIS);
      }
      if (curve.dh().isPresent()) {
        try (DhPrivateKey agreement = key.agreement(CURVES)) {
          assertThat(agreement.publicKey())
              .isEqualTo(key.publicKey().agreement(CURVES).coordinate());
        }
      } else {
        assertRefused(() -> key.agreement(CURVES), Reason.KEY_NOT_FOR_THIS);
        assertRefused(() -> key.publicKey().agreement(CURVES), Reason.KEY_NOT_FOR_THIS);
      }
    }
  }

  /** Signing with a foreign public key would give the private key away (EdDSA). */
  @ParameterizedTest
  @EnumSource
  void refusesAPublicKeyThatIsNotItsOwn(KeyCurve curve) throws CoseException {
    try (PrivateKey one = PrivateKey.generate(curve, CURVES, RANDOM);
        PrivateKey other = PrivateKey.generate(curve, CURVES, RANDOM);
        PrivateKey mixed = PrivateKey.of(one.publicKey(), other.d())) {
      if (curve.signature().isPresent()) {
        assertRefused(() -> mixed.signing(CURVES), Reason.KEYS_DO_NOT_MATCH);
      }
      if (curve.dh().isPresent()) {
        assertRefused(() -> mixed.agreement(CURVES), Reason.KEYS_DO_NOT_MATCH);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', MALFORMED_CBOR",
    "80, BAD_PRIVATE_KEY",
    "a10102, BAD_PRIVATE_KEY",
    "a201022009, UNKNOWN_CURVE",
    "a201022001, BAD_PRIVATE_KEY",
    "a301022001234101, BAD_PRIVATE_KEY",
    "a30102200123f6, BAD_PRIVATE_KEY"
  })
  void refusesWhatIsNone(String encoded, Reason reason) {
    try (SecretBytes octets = secret(encoded)) {
      assertRefused(() -> PrivateKey.decode(octets, CURVES), reason);
    }
  }

  @Test
  void refusesScalarsOutOfRange() throws CoseException {
    try (SecretBytes zero = SecretBytes.copyOf(new byte[32]);
        PrivateKey key = PrivateKey.of(PublicKey.ofX(KeyCurve.P_256, Bytes.hex(X)), zero)) {
      assertRefused(() -> PrivateKey.of(KeyCurve.P_256, zero, CURVES), Reason.BAD_PRIVATE_KEY);
      assertRefused(() -> key.agreement(CURVES), Reason.BAD_PRIVATE_KEY);
    }
  }

  /** The points of order 1 and 2: signatures and secrets with them are predictable. */
  @Test
  void refusesToUseKeysOfLowOrder() {
    PublicKey identity = PublicKey.ofX(KeyCurve.ED25519, Bytes.hex("01" + "00".repeat(31)));
    assertRefused(() -> identity.verification(CURVES), Reason.BAD_PUBLIC_KEY);
    PublicKey zero = PublicKey.ofX(KeyCurve.X25519, Bytes.hex("00".repeat(32)));
    assertRefused(() -> zero.agreement(CURVES), Reason.BAD_PUBLIC_KEY);
  }

  @Test
  void refusesOtherLengthsAndRandomSourcesThatGiveNothing() {
    PublicKey publicKey = PublicKey.ofX(KeyCurve.X448, Bytes.owned(new byte[56]));
    try (SecretBytes d = SecretBytes.copyOf(new byte[32])) {
      assertThatIllegalArgumentException().isThrownBy(() -> PrivateKey.of(publicKey, d));
    }
    RandomSource stuck = target -> Arrays.fill(target, (byte) 0xff);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateKey.generate(KeyCurve.P_256, CURVES, stuck));
  }

  @Test
  void isErased() {
    PrivateKey key = PrivateKey.generate(KeyCurve.ED25519, CURVES, RANDOM);
    key.close();
    key.close();
    assertThatIllegalStateException().isThrownBy(() -> key.signing(CURVES));
    assertThatIllegalStateException().isThrownBy(key::encode);
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(Bytes.hex(hex).toArray());
  }
}
