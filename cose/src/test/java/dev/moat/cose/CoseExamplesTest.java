package dev.moat.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.JdkCrypto;
import dev.moat.testkit.CoseCase;
import dev.moat.testkit.CryptoVectors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the COSE working group, as far as they are an Encrypt0. */
class CoseExamplesTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();

  /** Why each of the bad examples is refused. */
  private static final Map<String, Reason> REFUSALS =
      Map.of(
          "aes-gcm-examples-aes-gcm-enc-04", Reason.VERIFICATION_FAILED,
          "encrypted-tests-enc-fail-01", Reason.NOT_ENCRYPT0,
          "encrypted-tests-enc-fail-02", Reason.VERIFICATION_FAILED,
          "encrypted-tests-enc-fail-03", Reason.UNKNOWN_ALGORITHM,
          "encrypted-tests-enc-fail-04", Reason.UNKNOWN_ALGORITHM,
          "encrypted-tests-enc-fail-06", Reason.VERIFICATION_FAILED,
          "encrypted-tests-enc-fail-07", Reason.VERIFICATION_FAILED);

  static List<CoseCase> good() {
    return encrypt0().filter(CoseCase::valid).toList();
  }

  static List<CoseCase> bad() {
    return encrypt0().filter(example -> !example.valid()).toList();
  }

  private static Stream<CoseCase> encrypt0() {
    return CryptoVectors.coseExamples().stream()
        .filter(example -> example.structure().equals("COSE_Encrypt0"));
  }

  /** Sign1 is left out by its structure alone, and nothing else is. */
  @Test
  void coversEveryEncrypt0() {
    Set<String> structures =
        CryptoVectors.coseExamples().stream().map(CoseCase::structure).collect(Collectors.toSet());
    assertThat(structures).containsExactlyInAnyOrder("COSE_Encrypt0", "COSE_Sign1");
    assertThat(good()).hasSize(15);
    assertThat(bad())
        .extracting(CoseCase::id)
        .containsExactlyInAnyOrderElementsOf(REFUSALS.keySet());
  }

  @ParameterizedTest
  @MethodSource("good")
  void opensAndMakesTheGoodOnes(CoseCase example) throws CoseException {
    Encrypt0 message = Encrypt0.decode(example.message());
    CoseHeaders headers = message.headers();
    assertThat(headers.algorithm()).isEqualTo(algorithm(example));
    assertThat(EncStructure.of(headers.authenticatedOctets(), example.externalAad()))
        .isEqualTo(example.encStructure().orElseThrow());
    try (CoseKey key = key(example)) {
      assertThat(message.decrypt(CRYPTO, key, example.externalAad()))
          .isEqualTo(example.plaintext());
      assertThat(Encrypt0.encrypt(CRYPTO, key, headers, example.externalAad(), example.plaintext()))
          .isEqualTo(message);
    }
    boolean tagged = example.message().at(0) == 0xd0;
    assertThat(tagged ? message.encode() : message.encodeUntagged()).isEqualTo(example.message());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesTheBadOnes(CoseCase example) {
    try (CoseKey key = key(example)) {
      CoseException refused =
          catchThrowableOfType(
              CoseException.class,
              () -> {
                Bytes unused =
                    Encrypt0.decode(example.message()).decrypt(CRYPTO, key, example.externalAad());
              });
      assertThat(refused).isNotNull();
      assertThat(refused.reason()).isEqualTo(REFUSALS.get(example.id()));
    }
  }

  private static CoseKey key(CoseCase example) {
    try (SecretBytes secret = SecretBytes.copyOf(example.key().toArray())) {
      return CoseKey.symmetric(algorithm(example), secret);
    }
  }

  private static AeadAlgorithm algorithm(CoseCase example) {
    return CoseAlgorithms.aead(example.algorithm()).orElseThrow();
  }
}
