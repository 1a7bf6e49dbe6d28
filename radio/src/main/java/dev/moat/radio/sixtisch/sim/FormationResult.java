package dev.moat.radio.sixtisch.sim;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** How a network formed. Immutable. */
public final class FormationResult {
  private final FormationSettings settings;
  private final long[] joinMicros;
  private final Traffic traffic;

  /**
   * What was sent meanwhile.
   *
   * @param slotframes how long was simulated
   * @param transmissions frames sent, each attempt at each hop
   * @param failures those of them that were not received, by collision or loss
   * @param dropped frames given up after all retransmissions or lost to a full queue
   * @param restarts how often a pledge gave up and scanned anew
   */
  public record Traffic(
      long slotframes, long transmissions, long failures, long dropped, long restarts) {}

  FormationResult(FormationSettings settings, long[] joinMicros, Traffic traffic) {
    this.settings = settings;
    this.joinMicros = joinMicros;
    this.traffic = traffic;
  }

  /** What was simulated. */
  public FormationSettings settings() {
    return settings;
  }

  /** How many nodes have joined. */
  public int joined() {
    return joinMicros.length;
  }

  /** Whether all have. */
  public boolean complete() {
    return joinMicros.length == settings.nodes();
  }

  /**
   * When nodes had joined, in microseconds since all were switched on, for those that had; empty
   * when none had.
   */
  public Optional<Sample> joinMicros() {
    return joinMicros.length == 0
        ? Optional.empty()
        : Optional.of(Sample.of(Arrays.stream(joinMicros).asDoubleStream().toArray()));
  }

  /** When the last of all nodes had joined, in microseconds; empty when not all have. */
  public OptionalLong formationMicros() {
    return complete() ? Arrays.stream(joinMicros).max() : OptionalLong.empty();
  }

  /** What was sent meanwhile. */
  public Traffic traffic() {
    return traffic;
  }
}
