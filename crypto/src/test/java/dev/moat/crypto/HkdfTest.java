package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.testkit.CryptoVectors;
import dev.moat.testkit.HkdfCase;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HkdfTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();

  static List<HkdfCase> vectors() {
    return CryptoVectors.wycheproofHkdf();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithWycheproof(HkdfCase vector) {
    if (vector.valid()) {
      Bytes derived =
          derive(
              HashAlgorithm.SHA_256,
              vector.salt(),
              vector.inputKeyingMaterial(),
              vector.info(),
              vector.octets());
      assertThat(derived).isEqualTo(vector.output());
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> expand(HashAlgorithm.SHA_256, Bytes.empty(), vector.octets()).close());
    }
  }

  /** RFC 5869, Appendix A: with the pseudorandom keys between the two steps. */
  @Nested
  class Rfc5869 {
    @Test
    void agreesWithTestCase1() {
      check(
          repeat(0x0b, 22),
          range(0x00, 13),
          range(0xf0, 10),
          "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    @Test
    void agreesWithTestCase2() {
      check(
          range(0x00, 80),
          range(0x60, 80),
          range(0xb0, 80),
          "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
          "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
              + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
              + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
    }

    @Test
    void agreesWithTestCase3() {
      check(
          repeat(0x0b, 22),
          Bytes.empty(),
          Bytes.empty(),
          "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    private void check(Bytes secret, Bytes salt, Bytes info, String key, String output) {
      try (SecretBytes input = SecretBytes.copyOf(secret.toArray());
          SecretBytes pseudorandom = CRYPTO.hkdfExtract(HashAlgorithm.SHA_256, salt, input);
          SecretBytes derived =
              CRYPTO.hkdfExpand(HashAlgorithm.SHA_256, pseudorandom, info, output.length() / 2)) {
        assertThat(shown(pseudorandom)).isEqualTo(Bytes.hex(key));
        assertThat(shown(derived)).isEqualTo(Bytes.hex(output));
      }
    }
  }

  /** Computed with pyca/cryptography: a usual salt, no salt, and salts longer than a block. */
  @ParameterizedTest
  @CsvSource({
    "SHA_256, 13, 10, 8dfb1ab4a03ec394d8b900146a7c2ad9c14e5fc31d5498037dc4a113b40d0bd1"
        + "78fd0aa33a24df285e0103699e51ac7ecd89f4fe743504314427e084ae84a669"
        + "8238e5cd2d25a261583d9e0ba582172f73e98c451b84ed9d81029489e10e15a8ae43e4cb",
    "SHA_384, 13, 10, 9463d306c2fa94a01c58d75d6c14d65da463d4a7288f2a6f499ad535c6a7b3cc"
        + "c3405defa62fa4762ce0b3c90fff440abf87366034ad2deca6b42d12e4a4eb71"
        + "a91812e681c45882eff82f7f6a9fe2a824ca7022207fba510f1f2f93dae15428242ac71e",
    "SHA_512, 13, 10, 8cafe180da4fd93c274a18fc598782300596fb8609810653683f8dc2ea5c7b17"
        + "187f0d02d0bd5679997176dc5fe135d7b9ac3c5d38bccd1103775d0422107852"
        + "9bbd1a4ac680842682a1b952020a2a827a3cf9e0bdf65ea59b38123134e58fe87703d681",
    "SHA_256, 0, 0, 29049c19d79af110c8f7ff34a493252df930088f",
    "SHA_384, 0, 0, 991419bb7fa7520821464385d366a1a015a15560",
    "SHA_512, 0, 0, d6245492409835a9d6e096b0c789a008522ba4d0",
    "SHA_256, 200, 10, 2976b7c05ed2cc6000dc49227b3dd74d39e1720b",
    "SHA_384, 200, 10, 81f5bdd3adeecf994798e500edf91e55d2dee5cf",
    "SHA_512, 200, 10, 27555ef23b171919140a1e36f5e22c8c6c546fae"
  })
  void agreesWithAnotherImplementation(
      HashAlgorithm hash, int saltOctets, int infoOctets, String output) {
    Bytes salt = range(saltOctets == 13 ? 0x40 : 0, saltOctets);
    Bytes expected = Bytes.hex(output);
    assertThat(derive(hash, salt, range(0, 22), range(0xf0, infoOctets), expected.length()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void derivesOneTo255TimesTheHash(HashAlgorithm hash) {
    int most = 255 * hash.octets();
    try (SecretBytes all = expand(hash, Bytes.of(1), most);
        SecretBytes first = expand(hash, Bytes.of(1), 1)) {
      assertThat(all.length()).isEqualTo(most);
      assertThat(shown(first)).isEqualTo(shown(all).slice(0, 1));
    }
    for (int octets : new int[] {-1, 0, most + 1, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> expand(hash, Bytes.of(1), octets).close())
          .withMessageContaining("1 to " + most);
    }
  }

  private static SecretBytes expand(HashAlgorithm hash, Bytes info, int octets) {
    try (SecretBytes key = SecretBytes.copyOf(new byte[hash.octets()])) {
      return CRYPTO.hkdfExpand(hash, key, info, octets);
    }
  }

  private static Bytes derive(
      HashAlgorithm hash, Bytes salt, Bytes secret, Bytes info, int octets) {
    try (SecretBytes input = SecretBytes.copyOf(secret.toArray());
        SecretBytes pseudorandom = CRYPTO.hkdfExtract(hash, salt, input);
        SecretBytes derived = CRYPTO.hkdfExpand(hash, pseudorandom, info, octets)) {
      return shown(derived);
    }
  }

  private static Bytes shown(SecretBytes secret) {
    return secret.use(Bytes::copyOf);
  }

  private static Bytes repeat(int octet, int times) {
    Bytes bytes = Bytes.empty();
    for (int i = 0; i < times; i++) {
      bytes = bytes.plus(Bytes.of(octet));
    }
    return bytes;
  }

  private static Bytes range(int first, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (first + i);
    }
    return Bytes.owned(octets);
  }
}
