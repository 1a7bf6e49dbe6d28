package dev.moat.engine.proximity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.moat.engine.proximity.Proximity.CannotProve;
import dev.moat.engine.proximity.Proximity.Reason;
import dev.moat.engine.proximity.Proximity.WithinBound;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Draft "Attacks on CoAP", Section 2.5. */
class ProximityCheckTest {
  private static final long MICROSECOND = 1_000;

  private final ProximityCheck tenMetres = new ProximityCheck(10);

  @Test
  @Tag("AT-45")
  void provesTheBoundThatLightAllows() {
    Proximity near = tenMetres.check(60, 0);
    assertThat(near).isInstanceOf(WithinBound.class);
    assertThat(near.boundMetres()).isCloseTo(8.99, within(0.01));
  }

  @Test
  @Tag("AT-45")
  void refusesOneMicrosecondMoreAtTenMetres() {
    double before = tenMetres.check(60, 0).boundMetres();
    Proximity relayed = tenMetres.check(60 + MICROSECOND, 0);
    assertThat(relayed)
        .isInstanceOfSatisfying(
            CannotProve.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.ROUND_TRIP_TOO_LONG));
    assertThat(relayed.boundMetres() - before).isCloseTo(150, within(0.2));
  }

  @Test
  void takesAuthenticatedProcessingTimeOff() {
    assertThat(tenMetres.check(60 + MICROSECOND, MICROSECOND))
        .isEqualTo(tenMetres.check(60, 0))
        .isInstanceOf(WithinBound.class);
  }

  @Test
  void refusesAClaimToHaveWorkedLongerThanTheRoundTrip() {
    assertThat(tenMetres.check(60, 61)).isEqualTo(useless(Reason.PROCESSING_TIME_IMPOSSIBLE));
    assertThat(tenMetres.check(60, -1)).isEqualTo(useless(Reason.PROCESSING_TIME_IMPOSSIBLE));
  }

  @Test
  void refusesAClockThatStoodStillOrWentBack() {
    assertThat(tenMetres.check(0, 0)).isEqualTo(useless(Reason.NO_ROUND_TRIP));
    assertThat(tenMetres.check(-5, 0)).isEqualTo(useless(Reason.NO_ROUND_TRIP));
  }

  @Test
  @Tag("AT-44")
  void neverSaysMoreThanABound() {
    assertThat(Arrays.stream(Proximity.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .containsExactlyInAnyOrder("WithinBound", "CannotProve")
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("near"));
    String said =
        tenMetres
            .check(60, 0)
            .fold(within -> "at most " + within.boundMetres(), cannot -> "unknown");
    assertThat(said).startsWith("at most");
    assertThat(tenMetres.check(MICROSECOND, 0).<String>fold(within -> "in", cannot -> "unknown"))
        .isEqualTo("unknown");
  }

  @Test
  void demandsAPositiveLimit() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ProximityCheck(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProximityCheck(Double.NaN));
  }

  private static Proximity useless(Reason reason) {
    return new CannotProve(reason, Double.POSITIVE_INFINITY);
  }
}
