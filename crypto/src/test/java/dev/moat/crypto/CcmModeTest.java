package dev.moat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AES-CCM beside what its vectors show. */
class CcmModeTest {
  private static final int CALLS = 20_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 24, 300, 1_500})
  void allocatesNothingPerCall(int length) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (SecretBytes key = SecretBytes.copyOf(new byte[16]);
        Aead aead = JdkCrypto.create().aead(AeadAlgorithm.AES_CCM_16_64_128, key)) {
      byte[] buffer = new byte[length + 8];
      roundTrips(aead, buffer, 1_000);
      long before = thread.getCurrentThreadAllocatedBytes();
      roundTrips(aead, buffer, CALLS);
      long perCall = (thread.getCurrentThreadAllocatedBytes() - before) / (2 * CALLS);
      // The smallest object has 16 octets.
      assertThat(perCall).isLessThan(8);
    }
  }

  private static void roundTrips(Aead aead, byte[] buffer, int times) {
    byte[] nonce = new byte[13];
    byte[] aad = new byte[20];
    boolean opened = true;
    for (int i = 0; i < times; i++) {
      nonce[0] = (byte) i;
      aead.seal(nonce, aad, aad.length, buffer, 0, buffer.length - 8);
      opened &= aead.open(nonce, aad, aad.length, buffer, 0, buffer.length);
    }
    assertThat(opened).isTrue();
  }

  /** A key of zeros takes the old one's place; nothing else tells that it is gone. */
  @Test
  void letsGoOfItsKeyWhenErased() {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) 7);
    CcmMode erased = new CcmMode(key, 13, 8);
    erased.erase();
    CcmMode zeros = new CcmMode(new byte[16], 13, 8);
    assertThat(sealed(erased))
        .isEqualTo(sealed(zeros))
        .isNotEqualTo(sealed(new CcmMode(key, 13, 8)));
  }

  private static byte[] sealed(CcmMode mode) {
    byte[] buffer = new byte[20];
    mode.seal(new byte[13], new byte[0], 0, buffer, 0, 12);
    return buffer;
  }

  @ParameterizedTest
  @CsvSource({"16, 6, 8", "16, 14, 8", "16, 13, 2", "16, 13, 7", "16, 13, 18", "15, 13, 8"})
  void refusesSizesThatRfc3610DoesNotHave(int keyOctets, int nonceOctets, int tagOctets) {
    try (SecretBytes key = SecretBytes.copyOf(new byte[keyOctets])) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InsecureCcm.of(key, nonceOctets, tagOctets).close());
    }
  }

  @Test
  void refusesWhatDoesNotFitTheSizesOfAVector() {
    try (SecretBytes key = SecretBytes.copyOf(new byte[24]);
        InsecureCcm ccm = InsecureCcm.of(key, 13, 4)) {
      Bytes nonce = Bytes.owned(new byte[13]);
      Bytes tooLong = Bytes.owned(new byte[65_536]);
      Bytes none = Bytes.empty();
      assertThatIllegalArgumentException().isThrownBy(() -> ccm.seal(nonce, none, tooLong));
      assertThatIllegalArgumentException().isThrownBy(() -> ccm.seal(Bytes.of(1), none, none));
      assertThat(ccm.open(nonce, none, tooLong.plus(Bytes.of(1, 2, 3, 4)))).isEmpty();
      assertThat(ccm.open(nonce, none, Bytes.of(1, 2, 3))).isEmpty();
      assertThat(ccm.seal(nonce, none, Bytes.of(1)).length()).isEqualTo(5);
    }
  }
}
