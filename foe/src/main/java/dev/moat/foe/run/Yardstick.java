package dev.moat.foe.run;

import dev.moat.engine.proximity.Proximity;
import dev.moat.engine.proximity.ProximityCheck;
import dev.moat.foe.field.Field;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Fate;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.scenario.Step;
import dev.moat.foe.trace.Entry;
import dev.moat.foe.trace.Trace;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The bound on distance that a client asks for. In virtual time it is what a car would ask. A real
 * loopback round trip of some hundred microseconds cannot prove less than some ten kilometres even
 * without Foe, so there the direct path is measured first, and the bound asked for lies half way
 * between that and what Foe's tunnel adds.
 */
final class Yardstick {
  private static final int CALIBRATIONS = 4;
  private static final int MOST_CALIBRATIONS = 40;
  private static final Duration CALIBRATION_LIMIT = Duration.ofSeconds(3);
  private static final int METRES_PER_KILOMETRE = 1000;

  private final Scenario scenario;
  private final Field field;
  private final Trace trace;
  private double askedMetres;
  private long bestNanos = Long.MAX_VALUE;
  private int measured;

  Yardstick(Scenario scenario, Field field, Trace trace) {
    this.scenario = scenario;
    this.field = field;
    this.trace = trace;
    this.askedMetres = field.proximityMetres().orElse(0);
  }

  /**
   * Measures the direct path where the field has no bound of its own; false when it cannot be told
   * from Foe's tunnel.
   */
  boolean calibrate(Players players) {
    if (!scenario.cast().demandsProximity()) {
      return true;
    }
    if (field.proximityMetres().isEmpty()) {
      for (int i = 0; i < CALIBRATIONS || (isTooSlow() && i < MOST_CALIBRATIONS); i++) {
        int before = measured;
        measure(players);
        field.run(() -> measured > before, CALIBRATION_LIMIT);
      }
      if (isTooSlow()) {
        return false;
      }
      askedMetres = ProximityCheck.boundMetres(bestNanos + tunnelNanos() / 2);
      trace.add(
          Entry.Kind.CLIENT,
          "calibration without Foe: best round trip "
              + bestNanos / 1000
              + " us, which alone bounds "
              + words(ProximityCheck.boundMetres(bestNanos))
              + "; no loopback can prove less");
    }
    trace.add(Entry.Kind.CLIENT, "demands that the key is within " + words(askedMetres));
    return true;
  }

  /** On a machine that has no time the bound would leave room for the tunnel. */
  private boolean isTooSlow() {
    return bestNanos > tunnelNanos() / 4;
  }

  private void measure(Players players) {
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Call call) {
        measure(players, call.ask());
        return;
      }
    }
  }

  private void measure(Players players, Ask ask) {
    players.callUnjudged(
        ask,
        nanos -> {
          bestNanos = Math.min(bestNanos, nanos);
          measured++;
        });
  }

  /** What Foe's tunnel adds to a round trip. */
  private long tunnelNanos() {
    long nanos = 0;
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Every every && every.fate() instanceof Fate.Delay delay) {
        nanos += delay.time().toNanos();
      }
    }
    return nanos;
  }

  /**
   * Why the round trip proves nothing; the key claims no processing time, which only widens the
   * bound.
   */
  Optional<String> doubt(long roundTripNanos) {
    Proximity result = new ProximityCheck(askedMetres).check(roundTripNanos, 0);
    return result.fold(
        within -> {
          trace.add(
              Entry.Kind.CLIENT, "proved that the key is within " + words(within.boundMetres()));
          return Optional.empty();
        },
        cannot ->
            Optional.of(
                "round trip of "
                    + roundTripNanos / 1000
                    + " us bounds the distance by "
                    + words(cannot.boundMetres())
                    + " only, asked were "
                    + words(askedMetres)));
  }

  private static String words(double metres) {
    return metres >= METRES_PER_KILOMETRE
        ? String.format(Locale.ROOT, "%.0f km", metres / METRES_PER_KILOMETRE)
        : String.format(Locale.ROOT, "%.1f m", metres);
  }
}
