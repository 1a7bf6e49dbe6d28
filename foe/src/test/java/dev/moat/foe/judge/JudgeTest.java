package dev.moat.foe.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.foe.app.Asked;
import dev.moat.foe.app.Deed;
import dev.moat.foe.keys.Settlement;
import dev.moat.foe.scenario.Ask;
import dev.moat.foe.scenario.Harm;
import dev.moat.foe.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge asks the applications and nobody else. */
class JudgeTest {
  private static final long MILLI = 1_000_000;
  private static final Testimony.Flood NO_FLOOD = new Testimony.Flood(0, 0);
  private static final Testimony.Moment HONEST = new Testimony.Moment(List.of(), Map.of());
  private static final Testimony.Moment WRONG =
      new Testimony.Moment(List.of(), Map.of("lock", "client believes lock: locked; truth: open"));
  private static final Testimony.Moment DOUBT = new Testimony.Moment(List.of("lock"), Map.of());
  private static final Ask UNLOCK = Ask.of(Code.PUT, "/lock").withPayload("0");
  private static final Deed UNLOCKED = new Deed(900 * MILLI, Code.PUT, "/lock", "0");

  private static Testimony testimony(Testimony.Moment... moments) {
    return new Testimony(List.of(moments), List.of(), List.of(), NO_FLOOD, Optional.empty());
  }

  private static Scenario.Aim aim(Harm... harms) {
    return new Scenario.Aim(List.of(harms), List.of());
  }

  /** A planted fault: whatever the wire shows, and whatever the scenario asks, wrong is wrong. */
  @ParameterizedTest
  @EnumSource(Mechanism.class)
  void neverCallsAWrongBeliefWithstood(Mechanism mechanism) {
    for (Harm harm : List.of(new Harm.UnaskedDeed(), new Harm.FalseBelief("something else"))) {
      assertThat(Judge.judge(aim(harm), testimony(HONEST, WRONG), Optional.of(mechanism)))
          .isEqualTo(new Verdict.Succeeded("client believes lock: locked; truth: open"));
    }
  }

  @Test
  void neverCallsAWrongBeliefDetectedBecauseOfADoubtAtAnotherMoment() {
    Scenario.Aim aim = new Scenario.Aim(List.of(new Harm.FalseBelief("lock")), List.of("lock"));
    assertThat(Judge.judge(aim, testimony(DOUBT, WRONG), Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.SUCCEEDED);
    assertThat(Judge.judge(aim, testimony(WRONG, DOUBT), Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.SUCCEEDED);
  }

  @Test
  void neverExcusesHarmByAnObstacle() {
    Testimony testimony =
        new Testimony(List.of(WRONG), List.of(), List.of(), NO_FLOOD, Optional.of("nothing held"));
    assertThat(Judge.judge(aim(), testimony, Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.SUCCEEDED);
  }

  @Test
  void callsAKnownDoubtDetectedWhereTheScenarioAsksForIt() {
    Scenario.Aim aim = new Scenario.Aim(List.of(new Harm.FalseBelief("lock")), List.of("lock"));
    assertThat(Judge.judge(aim, testimony(DOUBT, HONEST), Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.DETECTED);
    assertThat(Judge.judge(aim(), testimony(DOUBT, HONEST), Optional.of(Mechanism.ECHO)))
        .isEqualTo(new Verdict.Withstood(Mechanism.ECHO));
  }

  @Test
  void callsNothingWithstoodThatNoMechanismExplains() {
    assertThat(Judge.judge(aim(), testimony(HONEST), Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.NOT_APPLICABLE);
  }

  @Test
  void callsNothingWithstoodThatWasNeverTried() {
    Testimony testimony =
        new Testimony(
            List.of(HONEST), List.of(), List.of(), NO_FLOOD, Optional.of("nothing to hold"));
    assertThat(Judge.judge(aim(), testimony, Optional.of(Mechanism.TOKENS)))
        .isEqualTo(new Verdict.NotApplicable("nothing to hold"));
  }

  @Test
  void measuresADeedAgainstTheLastTimeItWasAskedFor() {
    Scenario.Aim aim = aim(new Harm.StaleDeed(Duration.ofMillis(500)));
    assertThat(Judge.judge(aim, deeds(new Asked(100 * MILLI, UNLOCK)), Optional.empty()).reason())
        .contains("800 ms after it was asked");
    Testimony askedAgain = deeds(new Asked(100 * MILLI, UNLOCK), new Asked(700 * MILLI, UNLOCK));
    assertThat(Judge.judge(aim, askedAgain, Optional.of(Mechanism.ECHO)).kind())
        .isEqualTo(Verdict.Kind.WITHSTOOD);
  }

  @Test
  void findsADeedThatNobodyAskedFor() {
    Verdict verdict =
        Judge.judge(
            aim(new Harm.UnaskedDeed()),
            deeds(new Asked(0, UNLOCK.withPayload("1"))),
            Optional.empty());
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.SUCCEEDED);
    assertThat(verdict.reason()).contains("PUT /lock \"0\"").contains("nobody asked");
  }

  @Test
  void countsWhatHitsTheVictim() {
    Scenario.Aim aim = aim(new Harm.Amplified(3));
    assertThat(Judge.judge(aim, flood(100, 301), Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.SUCCEEDED);
    assertThat(Judge.judge(aim, flood(100, 300), Optional.of(Mechanism.REACHABILITY)).kind())
        .isEqualTo(Verdict.Kind.WITHSTOOD);
  }

  private static Testimony deeds(Asked... asked) {
    return new Testimony(
        List.of(HONEST), List.of(asked), List.of(UNLOCKED), NO_FLOOD, Optional.empty());
  }

  private static Testimony flood(long sent, long received) {
    return new Testimony(
        List.of(HONEST),
        List.of(),
        List.of(),
        new Testimony.Flood(sent, received),
        Optional.empty());
  }

  private static final Bytes KEY = Bytes.of(1);
  private static final Bytes OTHER_KEY = Bytes.of(2);

  private static Testimony shaken(List<Bytes> client, List<Bytes> server, List<Bytes> foe) {
    Settlement settlement =
        new Settlement(
            Set.copyOf(client),
            Set.copyOf(server),
            Set.copyOf(foe),
            Set.copyOf(client),
            Set.of(1),
            101);
    return ended(new Testimony.Ending(List.of("PUT /lock"), settlement));
  }

  private static Testimony ended(Testimony.Ending ending) {
    return new Testimony(List.of(HONEST), List.of(), List.of(), NO_FLOOD, Optional.empty(), ending);
  }

  private static Verdict.Kind against(Harm harm, Testimony testimony) {
    return Judge.judge(aim(harm), testimony, Optional.of(Mechanism.TRANSCRIPT)).kind();
  }

  @Test
  void knowsWhoHasWhichKeysInTheEnd() {
    Testimony honest = shaken(List.of(KEY), List.of(KEY), List.of(OTHER_KEY));
    assertThat(against(new Harm.SharedKeys(), honest)).isEqualTo(Verdict.Kind.WITHSTOOD);
    assertThat(against(new Harm.UnequalKeys(), honest)).isEqualTo(Verdict.Kind.WITHSTOOD);
    Testimony fooled = shaken(List.of(OTHER_KEY), List.of(KEY), List.of(OTHER_KEY));
    assertThat(against(new Harm.SharedKeys(), fooled)).isEqualTo(Verdict.Kind.SUCCEEDED);
    assertThat(against(new Harm.UnequalKeys(), fooled)).isEqualTo(Verdict.Kind.SUCCEEDED);
    Testimony server = shaken(List.of(), List.of(KEY), List.of(KEY));
    assertThat(against(new Harm.SharedKeys(), server)).isEqualTo(Verdict.Kind.SUCCEEDED);
  }

  @Test
  void knowsSuitesAndHowManyHandshakesAreOpen() {
    Testimony testimony = shaken(List.of(KEY), List.of(KEY), List.of());
    assertThat(against(new Harm.Downgrade(1), testimony)).isEqualTo(Verdict.Kind.SUCCEEDED);
    assertThat(against(new Harm.Downgrade(0), testimony)).isEqualTo(Verdict.Kind.WITHSTOOD);
    assertThat(against(new Harm.Overload(100), testimony)).isEqualTo(Verdict.Kind.SUCCEEDED);
    assertThat(against(new Harm.Overload(101), testimony)).isEqualTo(Verdict.Kind.WITHSTOOD);
  }

  @Test
  void countsAnUnservedRequestAsTheScenarioAsks() {
    Testimony testimony = shaken(List.of(), List.of(), List.of());
    assertThat(against(new Harm.Unserved(), testimony)).isEqualTo(Verdict.Kind.SUCCEEDED);
    Scenario.Aim known = new Scenario.Aim(List.of(new Harm.UnaskedDeed()), List.of(), true);
    assertThat(Judge.judge(known, testimony, Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.DETECTED);
    assertThat(Judge.judge(known, ended(Testimony.Ending.UNEVENTFUL), Optional.empty()).kind())
        .isEqualTo(Verdict.Kind.NOT_APPLICABLE);
  }

  @Test
  void findsADeedThatWasDoneMoreOftenThanItWasAskedFor() {
    Testimony twice =
        new Testimony(
            List.of(HONEST),
            List.of(new Asked(0, UNLOCK)),
            List.of(UNLOCKED, UNLOCKED),
            NO_FLOOD,
            Optional.empty());
    assertThat(against(new Harm.RepeatedDeed(), twice)).isEqualTo(Verdict.Kind.SUCCEEDED);
  }
}
