package dev.moat.engine.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotificationOrderTest {
  private static final long HALF = 1 << 23;
  private static final long SECOND = 1_000_000_000L;

  private static boolean accepts(long first, long second, long seconds) {
    long start = Long.MAX_VALUE - SECOND;
    return new NotificationOrder(first, start).accept(second, start + seconds * SECOND);
  }

  @Test
  void aLargerNumberIsNewer() {
    assertThat(accepts(1, 2, 0)).isTrue();
    assertThat(accepts(0, HALF - 1, 0)).isTrue();
    assertThat(accepts(2, 1, 0)).isFalse();
    assertThat(accepts(2, 2, 0)).isFalse();
    assertThat(accepts(0, HALF, 0)).isFalse();
  }

  @Test
  void numbersWrapAt24Bits() {
    assertThat(accepts(0xff_ffff, 0, 0)).isTrue();
    assertThat(accepts(0, 0xff_ffff, 0)).isFalse();
    assertThat(accepts(HALF + 1, 0, 0)).isTrue();
    assertThat(accepts(HALF, 0, 0)).isFalse();
  }

  @Test
  void after128SecondsAnythingIsNewer() {
    assertThat(accepts(5, 4, 128)).isFalse();
    assertThat(accepts(5, 4, 129)).isTrue();
  }

  @Test
  void onlyWhatWasAcceptedMovesTheMark() {
    NotificationOrder order = new NotificationOrder(5, 0);
    assertThat(order.accept(3, 0)).isFalse();
    assertThat(order.accept(6, 0)).isTrue();
    assertThat(order.accept(6, 0)).isFalse();
  }
}
