package dev.moat.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
  private static final RandomSource SEVENS = target -> Arrays.fill(target, (byte) 7);

  @Test
  void neverPrintsItsContent() {
    try (SecretBytes secret = SecretBytes.copyOf(new byte[] {0x41, 0x42})) {
      assertThat(secret).hasToString("SecretBytes[2 octets]");
      assertThat(secret.hashCode()).isEqualTo(2);
    }
  }

  @Test
  void lendsACopyAndErasesItAfterwards() {
    try (SecretBytes secret = SecretBytes.random(4, SEVENS)) {
      AtomicReference<byte[]> lent = new AtomicReference<>();
      int first =
          secret.use(
              octets -> {
                lent.set(octets);
                return (int) octets[0];
              });
      assertThat(first).isEqualTo(7);
      assertThat(lent.get()).containsExactly(0, 0, 0, 0);
      int last = secret.use(octets -> (int) octets[3]);
      assertThat(last).isEqualTo(7);
    }
  }

  @Test
  void erasesTheArrayThatItTookOver() {
    byte[] array = {1, 2, 3};
    SecretBytes secret = SecretBytes.owned(array);
    assertThat(secret).isEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3}));
    secret.close();
    assertThat(array).containsOnly(0);
  }

  @Test
  void isOfNoUseOnceClosed() {
    SecretBytes secret = SecretBytes.random(4, SEVENS);
    secret.close();
    secret.close();
    assertThat(secret.length()).isEqualTo(4);
    assertThatIllegalStateException().isThrownBy(() -> secret.use(octets -> 0));
  }

  @Test
  void comparesContent() {
    try (SecretBytes one = SecretBytes.copyOf(new byte[] {1});
        SecretBytes same = SecretBytes.copyOf(new byte[] {1});
        SecretBytes other = SecretBytes.copyOf(new byte[] {2})) {
      assertThat(one).isEqualTo(same).isNotEqualTo(other).isNotEqualTo("1");
    }
  }

  /** Half a key is a key that anyone can guess. Large, so that copying takes a while. */
  @Test
  void neverLendsWhatIsBeingErased() throws InterruptedException {
    byte[] ones = new byte[1 << 20];
    Arrays.fill(ones, (byte) 1);
    for (int round = 0; round < 100; round++) {
      SecretBytes secret = SecretBytes.copyOf(ones);
      Thread eraser = new Thread(secret::close);
      eraser.start();
      boolean whole = true;
      for (int i = 0; i < 20 && whole; i++) {
        whole = lendsAllOrNothing(secret, ones);
      }
      eraser.join();
      assertThat(whole).isTrue();
    }
  }

  private static boolean lendsAllOrNothing(SecretBytes secret, byte[] expected) {
    try {
      return secret.use(lent -> Arrays.equals(lent, expected));
    } catch (IllegalStateException erased) {
      return true;
    }
  }
}
