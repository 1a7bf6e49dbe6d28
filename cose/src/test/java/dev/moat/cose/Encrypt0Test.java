package dev.moat.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Encrypt0Test {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();
  private static final Bytes AAD = Bytes.utf8("external");
  private static final Bytes PLAINTEXT = Bytes.utf8("open the barn door");

  @ParameterizedTest
  @EnumSource
  void opensWhatItMade(AeadAlgorithm algorithm) throws CoseException {
    CoseHeaders headers =
        CoseHeaders.builder()
            .algorithm(algorithm)
            .kid(Bytes.of(1, 2))
            .kidContext(Bytes.of(3))
            .iv(Bytes.owned(new byte[algorithm.nonceOctets()]))
            .build();
    try (CoseKey key = key(algorithm)) {
      Encrypt0 message = Encrypt0.encrypt(CRYPTO, key, headers, AAD, PLAINTEXT);
      assertThat(message.encode()).isEqualTo(Bytes.of(0xd0).plus(message.encodeUntagged()));
      Encrypt0 read = Encrypt0.decode(message.encode());
      assertThat(read).isEqualTo(message).isEqualTo(Encrypt0.decode(message.encodeUntagged()));
      assertThat(read.hashCode()).isEqualTo(message.hashCode());
      assertThat(read.headers().kid()).contains(Bytes.of(1, 2));
      assertThat(read.headers().kidContext()).contains(Bytes.of(3));
      assertThat(read.headers().partialIv()).isEmpty();
      assertThat(read.decrypt(CRYPTO, key, AAD)).isEqualTo(PLAINTEXT);
      assertThat(refusal(read, key, Bytes.empty())).isEqualTo(Reason.VERIFICATION_FAILED);
    }
  }

  /** The tag around the structure may come and go: it says nothing that could be forged. */
  @Test
  void refusesEveryDamage() throws CoseException {
    CoseHeaders headers = ccm().iv(Bytes.owned(new byte[13])).build();
    try (CoseKey key = key(AeadAlgorithm.AES_CCM_16_64_128)) {
      Encrypt0 genuine = encrypt(key, headers);
      Seeded.check(
          2_000,
          arbitrary -> {
            Bytes damaged = arbitrary.damaged(genuine.encode());
            CoseException refused =
                catchThrowableOfType(
                    CoseException.class,
                    () -> {
                      Encrypt0 read = Encrypt0.decode(damaged);
                      assertThat(read.decrypt(CRYPTO, key, AAD)).isEqualTo(PLAINTEXT);
                      assertThat(read).isEqualTo(genuine);
                    });
            boolean isGenuine =
                damaged.equals(genuine.encode()) || damaged.equals(genuine.encodeUntagged());
            assertThat(refused == null).isEqualTo(isGenuine);
          });
    }
  }

  /** RFC 9052, Section 3.1: left-pad the Partial IV, XOR the Context IV. */
  @Test
  void combinesAPartialIvWithTheBaseIvOfTheKey() throws CoseException {
    Bytes base = Bytes.hex("0102030405060708090a0b0c0d");
    CoseHeaders partial = ccm().partialIv(Bytes.of(0xff, 0x0f)).build();
    CoseHeaders whole = ccm().iv(Bytes.hex("0102030405060708090a0bf302")).build();
    try (CoseKey key = decoded("a30104054d" + base + "2050" + "00".repeat(16))) {
      assertThat(key.baseIv()).contains(base);
      assertThat(Encrypt0.encrypt(CRYPTO, key, partial, AAD, PLAINTEXT).ciphertext())
          .isEqualTo(Encrypt0.encrypt(CRYPTO, key, whole, AAD, PLAINTEXT).ciphertext());
      CoseHeaders tooLong = ccm().partialIv(Bytes.owned(new byte[14])).build();
      assertThat(refusal(new Encrypt0(tooLong, AAD), key, AAD)).isEqualTo(Reason.BAD_IV);
    }
  }

  @Test
  void refusesToBuildTwoIvs() {
    CoseHeaders.Builder both = CoseHeaders.builder().iv(Bytes.of(1)).partialIv(Bytes.of(2));
    assertThatIllegalArgumentException()
        .isThrownBy(both::build)
        .withMessage("both IV and Partial IV");
  }

  @Test
  void keepsParametersItDoesNotKnow() throws CoseException {
    // {1: 10, -100: h'02', "x": 3} protected, {4: h'01', 99: [null]} not.
    Bytes message =
        Bytes.hex("834a" + "a3010a386341026178" + "03" + "a20441011863" + "81f6" + "4100");
    Encrypt0 read = Encrypt0.decode(message);
    assertThat(read.encodeUntagged()).isEqualTo(message);
    assertThat(read.headers().algorithm()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
    assertThat(read.headers().kid()).contains(Bytes.of(1));
  }

  @Test
  void showsItsHeadersAndComparesThem() throws CoseException {
    CoseHeaders headers = CoseHeaders.decode(Bytes.hex("a1010a"), Bytes.hex("a1044101"));
    assertThat(headers)
        .hasToString("CoseHeaders[protected=a1010a, unprotected=a1044101]")
        .isNotEqualTo(CoseHeaders.decode(Bytes.hex("a1010a"), Bytes.hex("a1044102")))
        .isNotEqualTo(CoseHeaders.decode(Bytes.hex("a1010b"), Bytes.hex("a1044101")))
        .isNotEqualTo(AAD);
  }

  /** Keys for one algorithm or none, for one use or all; 1 and a text are no use for us. */
  @ParameterizedTest
  @CsvSource({
    "a20104, true, true",
    "a30104030a, true, true",
    "a301040318 1e, false, false",
    "a30104048103, true, false",
    "a30104048104, false, true",
    "a301040483010304, true, true",
    "a301040482016178, false, false",
    "a301040480, false, false"
  })
  void usesAKeyOnlyForWhatItIs(String start, boolean encrypts, boolean decrypts)
      throws CoseException {
    CoseHeaders headers = ccm().iv(Bytes.owned(new byte[13])).build();
    try (CoseKey any = decoded("a20104" + "2050" + "00".repeat(16));
        CoseKey key = decoded(start.replace(" ", "") + "2050" + "00".repeat(16))) {
      Encrypt0 message = Encrypt0.encrypt(CRYPTO, any, headers, AAD, PLAINTEXT);
      CoseException refused =
          catchThrowableOfType(
              CoseException.class, () -> assertThat(encrypt(key, headers)).isEqualTo(message));
      assertThat(refused == null).isEqualTo(encrypts);
      assertThat(refusal(message, key, AAD)).isEqualTo(decrypts ? null : Reason.KEY_NOT_FOR_THIS);
    }
  }

  @Test
  void neverShowsItsKeyAndErasesIt() throws CoseException {
    CoseKey key = decoded("a4010402420102030a2050" + "5a".repeat(16));
    assertThat(key).hasToString("CoseKey[kid=0102, algorithm=AES-CCM-16-64-128, 16 octets]");
    assertThat(key.kid()).contains(Bytes.of(1, 2));
    assertThat(key.algorithm()).contains(AeadAlgorithm.AES_CCM_16_64_128);
    key.close();
    CoseHeaders headers = ccm().iv(Bytes.owned(new byte[13])).build();
    assertThatIllegalStateException().isThrownBy(() -> encrypt(key, headers));
    assertThat(decoded("a2010420410f")).hasToString("CoseKey[kid=none, algorithm=any, 1 octets]");
  }

  @Test
  void keepsAKeyThatItsCallerErases() {
    byte[] octets = new byte[16];
    Arrays.fill(octets, (byte) 7);
    SecretBytes secret = SecretBytes.copyOf(octets);
    CoseKey key = CoseKey.symmetric(AeadAlgorithm.AES_CCM_16_64_128, secret);
    secret.close();
    assertThat(key.secret()).isEqualTo(SecretBytes.copyOf(octets));
    key.close();
  }

  private static Encrypt0 encrypt(CoseKey key, CoseHeaders headers) throws CoseException {
    return Encrypt0.encrypt(CRYPTO, key, headers, AAD, PLAINTEXT);
  }

  private static Reason refusal(Encrypt0 message, CoseKey key, Bytes aad) {
    CoseException refused =
        catchThrowableOfType(
            CoseException.class,
            () -> assertThat(message.decrypt(CRYPTO, key, aad)).isEqualTo(PLAINTEXT));
    return refused == null ? null : refused.reason();
  }

  private static CoseHeaders.Builder ccm() {
    return CoseHeaders.builder().algorithm(AeadAlgorithm.AES_CCM_16_64_128);
  }

  private static CoseKey decoded(String hex) throws CoseException {
    try (SecretBytes encoded = SecretBytes.copyOf(Bytes.hex(hex).toArray())) {
      return CoseKey.decode(encoded);
    }
  }

  private static CoseKey key(AeadAlgorithm algorithm) {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[algorithm.keyOctets()])) {
      return CoseKey.symmetric(algorithm, secret);
    }
  }
}
