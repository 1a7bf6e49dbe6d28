package dev.moat.radio.nbiot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.radio.nbiot.Attach.Activity;
import dev.moat.radio.nbiot.Attach.Step;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AttachTest {
  private static final PowerProfile POWER = PowerProfile.benchmark();

  @Test
  @Tag("LK-119")
  void costsWhatTheSpreadsheetSays() {
    assertThat(Attach.GOOD.nanojoules(POWER)).isEqualTo(11_232_000);
    assertThat(Attach.BAD.nanojoules(POWER)).isEqualTo(305_952_000);
    assertThat(Attach.GOOD.micros()).isEqualTo(120_000);
    assertThat(Attach.BAD.micros()).isEqualTo(1_212_000);
  }

  /** 9 octets of request and 2 of each answer, in whole milliseconds, rounded up. */
  @Test
  void takesTheStepsOfTheConnectionFromTheSizesOfTheirMessages() {
    for (Coverage coverage : List.of(Coverage.GOOD, Coverage.BAD)) {
      List<Step> steps = coverage.attach().steps();
      assertThat(steps.get(4).windowMillis()).isEqualTo(up(9, coverage.uplinkBitsPerSecond()));
      assertThat(steps.get(5).windowMillis()).isEqualTo(up(2, coverage.downlinkBitsPerSecond()));
      assertThat(steps.get(7).windowMillis()).isEqualTo(up(2, coverage.uplinkBitsPerSecond()));
      assertThat(steps.get(8).windowMillis()).isEqualTo(up(2, coverage.downlinkBitsPerSecond()));
    }
  }

  @Test
  void listensForATenthOfTheSearchAndCountsTheRestAsNothing() {
    Step search = new Step("search", Activity.RECEIVE, 84, 10);
    assertThat(search.nanojoules(POWER)).isEqualTo(672_000);
  }

  @Test
  void roundsHalfANanojouleUp() {
    PowerProfile small = new PowerProfile(1, 1, 0, 0);
    assertThat(new Step("x", Activity.RECEIVE, 1, 49).nanojoules(small)).isZero();
    assertThat(new Step("x", Activity.RECEIVE, 1, 50).nanojoules(small)).isEqualTo(1);
    assertThat(new Step("x", Activity.TRANSMIT, 5, 30).nanojoules(small)).isEqualTo(2);
    assertThat(new Step("x", Activity.TRANSMIT, 149, 1).nanojoules(small)).isEqualTo(1);
  }

  @Test
  void refusesWindowsAndSharesThatCannotBe() {
    assertThatThrownBy(() -> new Step("search", Activity.RECEIVE, -1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step search: windowMillis is -1, and not from 0 to 3600000");
    assertThatThrownBy(() -> new Step("search", Activity.RECEIVE, 3_600_001, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Step("search", Activity.RECEIVE, 1, 101))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step search: onPercent is 101, and not from 0 to 100");
    assertThatThrownBy(() -> new Step("search", Activity.RECEIVE, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int up(int octets, int bitsPerSecond) {
    return (8_000 * octets + bitsPerSecond - 1) / bitsPerSecond;
  }
}
