package dev.moat.cose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoseAlgorithmsTest {
  @ParameterizedTest
  @CsvSource({
    "AES_GCM_128, 1, A128GCM",
    "AES_GCM_192, 2, A192GCM",
    "AES_GCM_256, 3, A256GCM",
    "AES_CCM_16_64_128, 10, AES-CCM-16-64-128",
    "AES_CCM_16_64_256, 11, AES-CCM-16-64-256",
    "AES_CCM_64_64_128, 12, AES-CCM-64-64-128",
    "AES_CCM_64_64_256, 13, AES-CCM-64-64-256",
    "CHACHA20_POLY1305, 24, ChaCha20/Poly1305",
    "AES_CCM_16_128_128, 30, AES-CCM-16-128-128",
    "AES_CCM_16_128_256, 31, AES-CCM-16-128-256",
    "AES_CCM_64_128_128, 32, AES-CCM-64-128-128",
    "AES_CCM_64_128_256, 33, AES-CCM-64-128-256"
  })
  void knowsTheRegistry(AeadAlgorithm algorithm, int id, String name) {
    assertThat(CoseAlgorithms.idOf(algorithm)).isEqualTo(id);
    assertThat(CoseAlgorithms.nameOf(algorithm)).isEqualTo(name);
    assertThat(CoseAlgorithms.aead(id)).contains(algorithm);
    assertThat(CoseAlgorithms.aead(name)).contains(algorithm);
    assertThat(CoseAlgorithms.aead(Integer.toString(id))).contains(algorithm);
  }

  @ParameterizedTest
  @CsvSource({
    "aes-ccm-16-64-128, AES_CCM_16_64_128", "AES-CCM-16-128/64, AES_CCM_16_64_128",
    "AES-CCM-64-256/128, AES_CCM_64_128_256", "chacha20-poly1305, CHACHA20_POLY1305",
    "ChaCha-Poly1305, CHACHA20_POLY1305", "a256gcm, AES_GCM_256"
  })
  void readsTheNamesOfOthers(String name, AeadAlgorithm algorithm) {
    assertThat(CoseAlgorithms.aead(name)).contains(algorithm);
  }

  @ParameterizedTest
  @CsvSource({"SHA_256, 5, HKDF SHA-256", "SHA_384, 6, HKDF SHA-384", "SHA_512, 7, HKDF SHA-512"})
  void namesHkdf(HashAlgorithm hash, int id, String name) {
    assertThat(CoseAlgorithms.idOf(hash)).isEqualTo(id);
    assertThat(CoseAlgorithms.nameOf(hash)).isEqualTo(name);
    assertThat(CoseAlgorithms.hkdf(id)).contains(hash);
    assertThat(CoseAlgorithms.hkdf(name)).contains(hash);
  }

  @ParameterizedTest
  @CsvSource({
    "-10, SHA_256",
    "-11, SHA_512",
    "-16, SHA_256",
    "-43, SHA_384",
    "-44, SHA_512",
    "5, SHA_256",
    "direct+HKDF-SHA-256, SHA_256",
    "direct+HKDF-SHA-512, SHA_512",
    "sha256, SHA_256",
    "sha384, SHA_384",
    "SHA-512, SHA_512",
    "HMAC 256/256, SHA_256",
    "hkdf-sha-256, SHA_256"
  })
  void readsHkdfInEveryForm(String nameOrId, HashAlgorithm hash) {
    assertThat(CoseAlgorithms.hkdf(nameOrId)).contains(hash);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "4", "-7", "-45", "8", "99999999999", "AES-CCM", "MD5", "HMAC 256/64"})
  void knowsNothingElse(String nameOrId) {
    assertThat(CoseAlgorithms.aead(nameOrId)).isEmpty();
    assertThat(CoseAlgorithms.hkdf(nameOrId)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tellsLargeIdentifiersFromSmallOnes(AeadAlgorithm algorithm) {
    long wrapping = CoseAlgorithms.idOf(algorithm) + (1L << 32);
    assertThat(CoseAlgorithms.aead(wrapping)).isEmpty();
    assertThat(CoseAlgorithms.hkdf(5 + (1L << 32))).isEmpty();
    assertThat(CoseAlgorithms.hkdf(5 - (1L << 32))).isEmpty();
  }
}
