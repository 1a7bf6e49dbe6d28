package dev.moat.radio.amplification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.testkit.Seeded;
import org.junit.jupiter.api.Test;

class AmplificationTest {
  @Test
  void allows136OctetsAtFirst() {
    assertThat(Amplification.safeInitialResponse()).isEqualTo(136);
    assertThat(Amplification.safeAfterToken()).isEqualTo(132);
    assertThat(Amplification.factor(4, 136, Amplification.LOWER_LAYERS_OCTETS)).isEqualTo(3);
  }

  @Test
  void padsTheFirstMessageJustEnough() {
    Seeded.check(
        300,
        arbitrary -> {
          int received = arbitrary.length(300);
          int sent = arbitrary.length(1_200);
          int below = Amplification.LOWER_LAYERS_OCTETS;
          int padding = Amplification.paddingFor(received, sent, below);
          assertThat(Amplification.factor(received + padding, sent, below))
              .isLessThanOrEqualTo(Amplification.LIMIT_FACTOR);
          if (padding > 0) {
            assertThat(Amplification.factor(received + padding - 1, sent, below))
                .isGreaterThan(Amplification.LIMIT_FACTOR);
          }
        });
  }

  @Test
  void refusesSizesWithoutAFactor() {
    assertThatThrownBy(() -> Amplification.factor(0, 5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nothing was received, so there is no factor");
    assertThatThrownBy(() -> Amplification.factor(-1, 5, 62))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sizes are not negative, as one of -1 received, 5 sent, 62 below is");
    assertThatThrownBy(() -> Amplification.paddingFor(1, -5, 62))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Amplification.factor(1, 5, -2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
