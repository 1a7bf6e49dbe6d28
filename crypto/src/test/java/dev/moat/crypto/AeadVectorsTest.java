package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.testkit.AeadCase;
import dev.moat.testkit.CryptoVectors;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AeadVectorsTest {
  static Stream<AeadCase> ccm() {
    return Stream.concat(
        CryptoVectors.rfc3610().stream(),
        CryptoVectors.wycheproofAead("wycheproof-aes-ccm.json").stream());
  }

  static List<AeadCase> gcm() {
    return CryptoVectors.wycheproofAead("wycheproof-aes-gcm.json");
  }

  static List<AeadCase> chacha() {
    return CryptoVectors.wycheproofAead("wycheproof-chacha20-poly1305.json");
  }

  @ParameterizedTest
  @MethodSource("ccm")
  void agreesWithCcmVectorsOfAnySize(AeadCase vector) {
    try (SecretBytes key = secret(vector);
        InsecureCcm ccm = InsecureCcm.of(key, vector.nonce().length(), vector.tagOctets())) {
      if (vector.valid()) {
        assertThat(ccm.seal(vector.nonce(), vector.aad(), vector.plaintext()))
            .isEqualTo(vector.ciphertextAndTag());
        assertThat(ccm.open(vector.nonce(), vector.aad(), vector.ciphertextAndTag()))
            .contains(vector.plaintext());
      } else {
        assertThat(ccm.open(vector.nonce(), vector.aad(), vector.ciphertextAndTag())).isEmpty();
      }
    }
  }

  @Test
  void agreesWithCcmVectorsThroughItsAlgorithms() {
    List<AeadCase> fitting = ccm().filter(vector -> !algorithms(vector).isEmpty()).toList();
    fitting.forEach(vector -> algorithms(vector).forEach(found -> check(found, vector)));
    assertThat(fitting).hasSizeGreaterThan(35);
  }

  @ParameterizedTest
  @MethodSource("gcm")
  void agreesWithGcmVectors(AeadCase vector) {
    check(
        vector.key().length() == 16 ? AeadAlgorithm.AES_GCM_128 : AeadAlgorithm.AES_GCM_256,
        vector);
  }

  @ParameterizedTest
  @MethodSource("chacha")
  void agreesWithChaChaVectors(AeadCase vector) {
    check(AeadAlgorithm.CHACHA20_POLY1305, vector);
  }

  /** Test case 8 of "The Galois/Counter Mode of Operation", by McGrew and Viega. */
  @Test
  void agreesWithTheDesignersOfGcmOn192BitKeys() {
    check(
        AeadAlgorithm.AES_GCM_192,
        new AeadCase(
            "gcm-8",
            Bytes.owned(new byte[24]),
            Bytes.owned(new byte[12]),
            Bytes.empty(),
            Bytes.owned(new byte[16]),
            Bytes.hex("98e7247c07f0fe411c267e4384b0f6002ff58d80033927ab8ef4d4587514f0fb"),
            16,
            true));
  }

  /** SHA-256 of what pyca/cryptography seals: around the chunks and at the greatest length. */
  @ParameterizedTest
  @CsvSource({
    "13, 1007, c671e414651095953fecd9bde47f639963daabfb6595e2caaede02db437bf44e",
    "13, 1008, ca935962c6f628b2e759c94cbed29d4b2865391474bf098caea69cb098cce692",
    "13, 1009, 6a27ab542aa2ecf7ee8b241e0dcd945436c3bb215428c4a22da58ff8fc2d6ede",
    "13, 1500, 4df67cb37a1d7eda2fc9dd06a1a15cf87c2935fc0393fa1df90171a321383aa3",
    "13, 5000, ad0e730e5e04091e1ac0c6fd60a7ccb09ded52519e032309d7911e6929d27fbf",
    "13, 65535, 9fed28097154900d0d56f8d5b0d0c9d94c38b459029c5b60ac140ca1d3f42d97",
    "7, 70000, 8423369de0fb2917f710319ae402420f2a0a6f1b91db4552d1b77888b577c513"
  })
  void agreesWithAnotherCcmOnLongMessages(int nonceOctets, int length, String sha256)
      throws GeneralSecurityException {
    Bytes nonce = ascending(nonceOctets);
    Bytes plaintext = multiplesOfSeven(length);
    try (SecretBytes key = SecretBytes.copyOf(ascending(16).toArray());
        InsecureCcm ccm = InsecureCcm.of(key, nonceOctets, 8)) {
      Bytes sealed = ccm.seal(nonce, ascending(20), plaintext);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(sealed.toArray());
      assertThat(Bytes.owned(hash)).isEqualTo(Bytes.hex(sha256));
      assertThat(ccm.open(nonce, ascending(20), sealed)).contains(plaintext);
    }
  }

  private static Bytes ascending(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) i;
    }
    return Bytes.owned(octets);
  }

  private static Bytes multiplesOfSeven(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (7 * i);
    }
    return Bytes.owned(octets);
  }

  private static List<AeadAlgorithm> algorithms(AeadCase vector) {
    return Stream.of(AeadAlgorithm.values())
        .filter(algorithm -> algorithm.name().startsWith("AES_CCM"))
        .filter(algorithm -> algorithm.keyOctets() == vector.key().length())
        .filter(algorithm -> algorithm.nonceOctets() == vector.nonce().length())
        .filter(algorithm -> algorithm.tagOctets() == vector.tagOctets())
        .toList();
  }

  /** In the middle of a larger buffer, whose other octets must stay. */
  private static void check(AeadAlgorithm algorithm, AeadCase vector) {
    try (SecretBytes key = secret(vector);
        Aead aead = JdkCrypto.create().aead(algorithm, key)) {
      byte[] nonce = vector.nonce().toArray();
      byte[] aad = vector.aad().plus(Bytes.of(1, 2, 3)).toArray();
      int aadLength = vector.aad().length();
      int length = vector.plaintext().length();
      byte[] sealed = surrounded(vector.ciphertextAndTag());
      if (vector.valid()) {
        byte[] buffer = surrounded(vector.plaintext().plus(Bytes.owned(new byte[16])));
        buffer = Arrays.copyOf(buffer, sealed.length);
        buffer[sealed.length - 1] = 0x5a;
        aead.seal(nonce, aad, aadLength, buffer, 1, length);
        assertThat(buffer).isEqualTo(sealed);
      }
      boolean opened = aead.open(nonce, aad, aadLength, sealed, 1, sealed.length - 2);
      assertThat(opened).isEqualTo(vector.valid());
      Bytes left = Bytes.copyOf(sealed, 1, length);
      assertThat(left.equals(vector.plaintext()))
          .isEqualTo(vector.valid() || isZero(vector.plaintext()));
      assertThat(sealed[0]).isEqualTo(sealed[sealed.length - 1]).isEqualTo((byte) 0x5a);
    }
  }

  private static boolean isZero(Bytes octets) {
    return octets.equals(Bytes.owned(new byte[octets.length()]));
  }

  private static byte[] surrounded(Bytes octets) {
    return Bytes.of(0x5a).plus(octets).plus(Bytes.of(0x5a)).toArray();
  }

  private static SecretBytes secret(AeadCase vector) {
    return SecretBytes.copyOf(vector.key().toArray());
  }
}
