package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every algorithm keeps to. */
class JdkAeadTest {
  private static final byte[] AAD = {1, 2, 3, 4, 5};
  private static final byte[] PLAINTEXT = Bytes.utf8("attack at dawn").toArray();

  @ParameterizedTest
  @EnumSource
  void opensWhatItSealed(AeadAlgorithm algorithm) {
    Seeded.check(
        40,
        arbitrary -> {
          byte[] plaintext = arbitrary.bytes(3_000).toArray();
          byte[] aad = arbitrary.bytes(100).toArray();
          byte[] nonce = new byte[algorithm.nonceOctets()];
          arbitrary.random().fill(nonce);
          try (Aead aead = keyed(algorithm)) {
            byte[] buffer = sealed(aead, nonce, aad, plaintext);
            assertThat(aead.open(nonce, aad, aad.length, buffer, 0, buffer.length)).isTrue();
            assertThat(Arrays.copyOf(buffer, plaintext.length)).isEqualTo(plaintext);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryFlippedBitAndLeavesNoPlaintext(AeadAlgorithm algorithm) {
    byte[] nonce = new byte[algorithm.nonceOctets()];
    try (Aead aead = keyed(algorithm)) {
      byte[] sealed = sealed(aead, nonce, AAD, PLAINTEXT);
      for (int bit = 0; bit < 8 * sealed.length; bit++) {
        byte[] forged = sealed.clone();
        forged[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(aead.open(nonce, AAD, AAD.length, forged, 0, forged.length)).isFalse();
        assertThat(Arrays.copyOf(forged, PLAINTEXT.length)).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesOtherAdditionalDataOtherNoncesAndEveryTruncation(AeadAlgorithm algorithm) {
    byte[] nonce = new byte[algorithm.nonceOctets()];
    byte[] other = nonce.clone();
    other[other.length - 1] = 1;
    try (Aead aead = keyed(algorithm)) {
      byte[] sealed = sealed(aead, nonce, AAD, PLAINTEXT);
      assertThat(aead.open(nonce, AAD, 4, sealed.clone(), 0, sealed.length)).isFalse();
      assertThat(aead.open(other, AAD, AAD.length, sealed.clone(), 0, sealed.length)).isFalse();
      for (int length = 0; length < sealed.length; length++) {
        assertThat(aead.open(nonce, AAD, AAD.length, sealed.clone(), 0, length)).isFalse();
      }
    }
  }

  /** JDK 17 alone would refuse the second, for ChaCha20-Poly1305. */
  @ParameterizedTest
  @EnumSource
  void opensTheGenuineMessageAfterAForgedOneWithItsNonce(AeadAlgorithm algorithm) {
    byte[] nonce = new byte[algorithm.nonceOctets()];
    try (Aead aead = keyed(algorithm)) {
      byte[] genuine = sealed(aead, nonce, AAD, PLAINTEXT);
      byte[] forged = genuine.clone();
      forged[3] ^= 1;
      assertThat(aead.open(nonce, AAD, AAD.length, forged, 0, forged.length)).isFalse();
      for (int i = 0; i < 3; i++) {
        byte[] copy = genuine.clone();
        assertThat(aead.open(nonce, AAD, AAD.length, copy, 0, copy.length)).isTrue();
        assertThat(Arrays.copyOf(copy, PLAINTEXT.length)).isEqualTo(PLAINTEXT);
      }
    }
  }

  /** The rule is the caller's: a retransmission is the same octets, made again or not. */
  @ParameterizedTest
  @EnumSource
  void sealsTheSameMessageTwiceToTheSameOctets(AeadAlgorithm algorithm) {
    byte[] nonce = new byte[algorithm.nonceOctets()];
    try (Aead aead = keyed(algorithm)) {
      byte[] once = sealed(aead, nonce, AAD, PLAINTEXT);
      assertThat(sealed(aead, nonce, AAD, PLAINTEXT)).isEqualTo(once);
      assertThat(sealed(aead, nonce, AAD, PLAINTEXT)).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnyUseAfterClose(AeadAlgorithm algorithm) {
    byte[] nonce = new byte[algorithm.nonceOctets()];
    byte[] buffer = new byte[40];
    Aead aead = keyed(algorithm);
    aead.close();
    aead.close();
    assertThatIllegalStateException().isThrownBy(() -> aead.seal(nonce, AAD, 5, buffer, 0, 1));
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(aead.open(nonce, AAD, 5, buffer, 0, 40)).isTrue());
    assertThat(aead).hasToString("Aead[" + algorithm + ", closed]");
  }

  @ParameterizedTest
  @EnumSource
  void neverShowsItsKey(AeadAlgorithm algorithm) {
    try (Aead aead = keyed(algorithm)) {
      assertThat(aead).hasToString("Aead[" + algorithm + "]");
      assertThat(aead.algorithm()).isEqualTo(algorithm);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesKeysOfAnotherLength(AeadAlgorithm algorithm) {
    for (int length : new int[] {0, algorithm.keyOctets() - 1, algorithm.keyOctets() + 1}) {
      try (SecretBytes key = SecretBytes.copyOf(new byte[length])) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> JdkCrypto.create().aead(algorithm, key).close())
            .withMessageContaining("not " + length);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12, 5, 0, 1",
    "14, 5, 0, 1",
    "13, 6, 0, 1",
    "13, -1, 0, 1",
    "13, 5, -1, 1",
    "13, 5, 0, -1",
    "13, 5, 0, 33",
    "13, 5, 33, 0",
    "13, 5, 2147483647, 2147483647"
  })
  void refusesToSealOutsideOfItsArrays(int nonceOctets, int aadLength, int offset, int length) {
    byte[] nonce = new byte[nonceOctets];
    try (Aead aead = keyed(AeadAlgorithm.AES_CCM_16_64_128)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> aead.seal(nonce, AAD, aadLength, new byte[40], offset, length));
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 5, 0, 40", "13, 6, 0, 40", "13, 5, 1, 40", "13, 5, -1, 9", "13, 5, 0, -1"})
  void refusesToOpenOutsideOfItsArrays(int nonceOctets, int aadLength, int offset, int length) {
    byte[] nonce = new byte[nonceOctets];
    try (Aead aead = keyed(AeadAlgorithm.AES_CCM_16_64_128)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> {
                boolean unused = aead.open(nonce, AAD, aadLength, new byte[40], offset, length);
              });
    }
  }

  /** Two octets are left for the length beside a nonce of 13 (RFC 3610, Section 2). */
  @Test
  void refusesPlaintextsThatTheLengthFieldOfCcmDoesNotHold() {
    byte[] nonce = new byte[13];
    byte[] buffer = new byte[65_535 + 1 + 8];
    try (Aead aead = keyed(AeadAlgorithm.AES_CCM_16_64_128)) {
      aead.seal(nonce, AAD, 5, buffer, 0, 65_535);
      assertThat(aead.open(nonce, AAD, 5, buffer, 0, 65_535 + 8)).isTrue();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> aead.seal(nonce, AAD, 5, buffer, 0, 65_536))
          .withMessageContaining("65535");
      assertThat(aead.open(nonce, AAD, 5, buffer, 0, 65_536 + 8)).isFalse();
    }
  }

  /** Every algorithm's own sizes, so that the table of sizes is not tested against itself. */
  @ParameterizedTest
  @CsvSource({
    "AES_CCM_16_64_128, 16, 13, 8",
    "AES_CCM_16_64_256, 32, 13, 8",
    "AES_CCM_64_64_128, 16, 7, 8",
    "AES_CCM_64_64_256, 32, 7, 8",
    "AES_CCM_16_128_128, 16, 13, 16",
    "AES_CCM_16_128_256, 32, 13, 16",
    "AES_CCM_64_128_128, 16, 7, 16",
    "AES_CCM_64_128_256, 32, 7, 16",
    "AES_GCM_128, 16, 12, 16",
    "AES_GCM_192, 24, 12, 16",
    "AES_GCM_256, 32, 12, 16",
    "CHACHA20_POLY1305, 32, 12, 16"
  })
  void knowsItsSizes(AeadAlgorithm algorithm, int keyOctets, int nonceOctets, int tagOctets) {
    assertThat(algorithm.keyOctets()).isEqualTo(keyOctets);
    assertThat(algorithm.nonceOctets()).isEqualTo(nonceOctets);
    assertThat(algorithm.tagOctets()).isEqualTo(tagOctets);
  }

  private static byte[] sealed(Aead aead, byte[] nonce, byte[] aad, byte[] plaintext) {
    byte[] buffer = Arrays.copyOf(plaintext, plaintext.length + aead.algorithm().tagOctets());
    aead.seal(nonce, aad, aad.length, buffer, 0, plaintext.length);
    return buffer;
  }

  private static Aead keyed(AeadAlgorithm algorithm) {
    byte[] octets = new byte[algorithm.keyOctets()];
    Arrays.fill(octets, (byte) 0x42);
    try (SecretBytes key = SecretBytes.copyOf(octets)) {
      return JdkCrypto.create().aead(algorithm, key);
    }
  }
}
