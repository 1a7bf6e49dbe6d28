package dev.moat.oscore.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import dev.moat.testkit.Vectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
  private static final long MAX = SequenceReservations.LIMIT - 1;

  @Test
  void decidesAsTheVectorsSay() {
    List<JsonNode> cases = Vectors.load("oscore-replay-window.json", node -> node);
    assertThat(cases).hasSize(2);
    for (JsonNode node : cases) {
      ReplayCell cell = ReplayCell.trusted(node.path("window_size").asInt());
      for (JsonNode step : node.path("sequence")) {
        long number = step.path(0).asLong();
        assertThat(cell.accepts(number))
            .as("%s of %s", number, node.path("id"))
            .isEqualTo(step.path(1).asBoolean());
        assertThat(cell.commit(number)).isEqualTo(step.path(1).asBoolean());
      }
    }
  }

  @Test
  @Tag("AT-15")
  void acceptsAHeldBackNumberUpTo31LaterOnesAndNotAfter32() {
    long held = 100;
    ReplayWindow window = ReplayWindow.empty(32).with(held - 1);
    for (long later = held + 1; later <= held + 31; later++) {
      window = window.with(later);
      assertThat(window.accepts(held)).as("after %s", later).isTrue();
    }
    assertThat(window.with(held).accepts(held)).isFalse();
    assertThat(window.with(held + 32).accepts(held)).isFalse();
  }

  @Test
  void agreesWithASetOfAllNumbersAtEveryShiftAndSize() {
    for (int size = 0; size <= ReplayWindow.MAX_SIZE; size++) {
      for (long base : new long[] {0, 1, 63, 64, 1L << 32, MAX - 200, MAX - 64, MAX - 1}) {
        comparesEveryShift(size, base);
      }
    }
  }

  private static void comparesEveryShift(int size, long base) {
    for (long shift = 0; shift <= 130 && base + shift <= MAX; shift++) {
      Model model = new Model(size);
      ReplayWindow window = ReplayWindow.empty(size);
      for (long number : new long[] {base, Math.max(0, base - 1), base + shift}) {
        assertThat(window.accepts(number)).isEqualTo(model.accepts(number));
        model.add(number);
        window = window.with(number);
      }
      assertAgreement(window, model, base, shift);
    }
  }

  private static void assertAgreement(ReplayWindow window, Model model, long base, long shift) {
    for (long number = Math.max(0, base - 70); number <= Math.min(MAX, base + 200); number++) {
      // One assertion for each of the millions of numbers would take longer than all the rest.
      if (window.accepts(number) != model.accepts(number)) {
        fail("%s differs: base %s, shift %s, size %s", number, base, shift, window.size());
      }
    }
  }

  @Test
  void agreesWithASetOfAllNumbersForArbitraryOrders() {
    Seeded.check(300, ReplayWindowTest::agreesWithTheModel);
  }

  private static void agreesWithTheModel(Arbitrary arbitrary) {
    int size = arbitrary.between(0, ReplayWindow.MAX_SIZE);
    Model model = new Model(size);
    ReplayCell cell = ReplayCell.trusted(size);
    long centre = arbitrary.chance(50) ? 0 : MAX - arbitrary.between(0, 300);
    for (int i = 0; i < 200; i++) {
      long number = Math.min(MAX, centre + arbitrary.between(0, 90));
      centre = Math.min(MAX - 90, centre + (arbitrary.chance(10) ? arbitrary.between(0, 70) : 0));
      boolean accepted = cell.commit(number);
      assertThat(accepted).isEqualTo(model.accepts(number));
      if (accepted) {
        model.add(number);
      }
    }
  }

  @Test
  void acceptsOnlyHigherNumbersWithoutAWindow() {
    for (int size = 0; size <= 1; size++) {
      ReplayWindow window = ReplayWindow.empty(size).with(5);
      assertThat(window.accepts(5)).isFalse();
      assertThat(window.accepts(4)).isFalse();
      assertThat(window.accepts(6)).isTrue();
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> ReplayWindow.empty(65)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ReplayWindow.empty(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReplayWindow(MAX + 1, 0, 32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReplayWindow(-2, 0, 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Remembers every number; what is older than the window is refused. */
  private static final class Model {
    private final int size;
    private final Set<Long> received = new HashSet<>();
    private long highest = -1;

    Model(int size) {
      this.size = size;
    }

    boolean accepts(long number) {
      return number > highest || (highest - number < size && !received.contains(number));
    }

    void add(long number) {
      received.add(number);
      highest = Math.max(highest, number);
    }
  }
}
