package dev.moat.crypto.bc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Keccak;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BouncyKeccakTest {
  private final Keccak keccak = BouncyKeccak.create();

  /** FIPS 202's function on NIST's example messages: none, "abc", and 1600 bits of a3. */
  @Test
  void agreesWithNistOnShake256() {
    assertThat(keccak.shake256(Bytes.empty(), 32))
        .isEqualTo(Bytes.hex("46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"));
    assertThat(keccak.shake256(Bytes.utf8("abc"), 32))
        .isEqualTo(Bytes.hex("483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739"));
    byte[] a3 = new byte[200];
    Arrays.fill(a3, (byte) 0xa3);
    assertThat(keccak.shake256(Bytes.owned(a3), 32))
        .isEqualTo(Bytes.hex("cd8a920ed141aa0407a22d59288652e9d9f1a7ee0c1e7c1ca699424da84a904d"));
  }

  @Test
  void givesAsMuchOfShake256AsIsAskedFor() {
    Bytes all = keccak.shake256(Bytes.utf8("abc"), 500);
    assertThat(all.slice(0, 32)).isEqualTo(keccak.shake256(Bytes.utf8("abc"), 32));
    assertThat(all.length()).isEqualTo(500);
  }

  /** Sample 5 of NIST SP 800-185, the one for KMAC256 without a customization string. */
  @Test
  void agreesWithNistOnKmac256() {
    try (SecretBytes key = ascending(0x40, 32);
        SecretBytes input = ascending(0, 200);
        SecretBytes mac = keccak.kmac256(key, input, 64)) {
      assertThat(exposed(mac))
          .isEqualTo(
              Bytes.hex(
                  "75358cf39e41494e949707927cee0af20a3ff553904c86b08f21cc414bcfd691"
                      + "589d27cf5e15369cbbff8b9a4c2eb17800855d0235ff635da82533ec6b759b69"));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "32", "200", "1000"})
  void separatesOutputsOfDifferentLength(int octets) {
    try (SecretBytes key = ascending(1, 64);
        SecretBytes input = ascending(0, octets);
        SecretBytes shorter = keccak.kmac256(key, input, 32);
        SecretBytes longer = keccak.kmac256(key, input, 33)) {
      assertThat(exposed(longer).slice(0, 32)).isNotEqualTo(exposed(shorter));
    }
  }

  private static Bytes exposed(SecretBytes secret) {
    return secret.use(Bytes::copyOf);
  }

  private static SecretBytes ascending(int first, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (first + i);
    }
    return SecretBytes.owned(octets);
  }
}
