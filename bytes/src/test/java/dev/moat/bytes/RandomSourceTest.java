package dev.moat.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  private static final RandomSource ONES = target -> Arrays.fill(target, (byte) 0xff);
  private static final RandomSource ZEROS = target -> Arrays.fill(target, (byte) 0);

  @Test
  void givesValuesWithinTheirBounds() {
    assertThat(ONES.bytes(3)).isEqualTo(Bytes.of(255, 255, 255));
    assertThat(ONES.positiveLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(ZEROS.positiveLong()).isZero();
    assertThat(ONES.below(10)).isBetween(0, 9);
    assertThat(ZEROS.below(10)).isZero();
    assertThat(ONES.fraction()).isLessThan(1.0).isGreaterThan(0.999);
    assertThat(ZEROS.fraction()).isZero();
  }

  @Test
  void refusesABoundThatHoldsNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> ONES.below(0));
  }
}
