package dev.moat.foe.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.engine.block.Concurrency;
import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.stack.MoatStacks;
import dev.moat.foe.trace.Entry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ten figures of the draft in virtual time: verdicts, and the evidence for them. */
class FiguresTest {
  private static final String BASELINE = "rfc7252";
  private static final String MOAT = "moat";
  private static final String BELIEVES = "believes ";

  static Stream<String> cells() {
    return Runs.all().runs().stream().map(run -> run.scenario().id() + " " + run.stack().name());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyVerdictIsTheExpectedOne(String cell) {
    LabRun run = Runs.of(cell.split(" ")[0], cell.split(" ")[1]);
    assertThat(run.expected()).as("an expectation for " + cell).isPresent();
    assertThat(run.isAsExpected()).as(String.join("\n", run.evidence())).isTrue();
    assertThat(run.evidence()).hasSizeGreaterThan(4);
  }

  private static void assertWithstood(LabRun run, Mechanism mechanism) {
    assertThat(run.verdict())
        .as(String.join("\n", run.evidence()))
        .isEqualTo(new Verdict.Withstood(mechanism));
  }

  @Nested
  class BlockedRequest {
    @Test
    @Tag("AT-09")
    void leavesTheBaselineSureOfALockThatIsOpen() {
      LabRun run = Runs.of("1", BASELINE);
      assertThat(Runs.deeds(run)).isEmpty();
      assertThat(Runs.lastBelief(run)).contains("lock locked");
      assertThat(run.verdict().reason()).contains("believes lock: locked; truth: open");
    }

    @Test
    @Tag("AT-09")
    void makesMoatSayUnknownAndReadTheTruthBack() {
      LabRun run = Runs.of("1", MOAT);
      assertThat(Runs.deeds(run)).isEmpty();
      List<String> client = Runs.of(run, Entry.Kind.CLIENT);
      assertThat(client).anyMatch(text -> text.contains("is unknown (NO_ACKNOWLEDGEMENT)"));
      assertThat(Runs.lastBelief(run)).isEqualTo("believes lock open (told so)");
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.DETECTED);
    }
  }

  @Nested
  class BlockedResponse {
    @Test
    @Tag("AT-10")
    void leavesTheBaselineSureOfALockThatIsLocked() {
      LabRun run = Runs.of("2", BASELINE);
      assertThat(Runs.deeds(run)).hasSize(1);
      assertThat(run.verdict().reason()).contains("believes lock: open; truth: locked");
    }

    @Test
    @Tag("AT-10")
    void isRetransmittedExecutedOnceAndKnownToBeUnknown() {
      LabRun run = Runs.of("2", MOAT);
      assertThat(Runs.deeds(run)).hasSize(1);
      // The answer and its replays to the retransmissions, all dropped: one deed, several answers.
      assertThat(Runs.messages(run, Entry.Mark.DROPPED))
          .hasSizeGreaterThan(1)
          .containsOnly(Runs.messages(run, Entry.Mark.DROPPED).get(0));
      assertThat(Runs.of(run, Entry.Kind.CLIENT)).anyMatch(text -> text.contains("is unknown"));
      assertThat(Runs.lastBelief(run)).isEqualTo("believes lock locked (told so)");
    }
  }

  @Nested
  class DelayedRequest {
    @Test
    @Tag("AT-13")
    @Tag("AT-18")
    void opensTheBaselinesDoorLongAfter() {
      LabRun run = Runs.of("3", BASELINE);
      assertThat(Runs.deeds(run)).singleElement().asString().contains("lock is now open");
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED);
    }

    @Test
    @Tag("AT-13")
    @Tag("AT-18")
    @Tag("AT-23")
    void isRefusedByEcho() {
      LabRun run = Runs.of("3", MOAT);
      assertThat(Runs.deeds(run)).isEmpty();
      assertThat(Runs.messages(run, Entry.Mark.DROPPED))
          .anyMatch(text -> text.contains("4.01 Unauthorized Echo"));
      assertWithstood(run, Mechanism.ECHO);
    }

    @Test
    @Tag("AT-14")
    void opensTheBaselinesDoorAgainAfterItWasLocked() {
      LabRun run = Runs.of("4", BASELINE);
      assertThat(Runs.deeds(run))
          .extracting(text -> text.substring(text.indexOf("now ")))
          .containsExactly("now open", "now locked", "now open");
      assertThat(Runs.lastBelief(run)).contains("lock locked");
    }

    @Test
    @Tag("AT-14")
    void leavesMoatsDoorLocked() {
      LabRun run = Runs.of("4", MOAT);
      assertThat(Runs.deeds(run))
          .extracting(text -> text.substring(text.indexOf("now ")))
          .containsExactly("now open", "now locked");
      assertWithstood(run, Mechanism.ECHO);
    }

    /** A receiver that takes only what is newer than all it has (a window of length zero). */
    @Test
    @Tag("AT-19")
    void wouldPassAnEmptyReplayWindowInFigure3ButNotInFigure4() {
      assertThat(Deliveries.of(Runs.of("3", BASELINE)).releasedIsNewest()).isTrue();
      assertThat(Deliveries.of(Runs.of("4", BASELINE)).releasedIsNewest()).isFalse();
    }
  }

  @Nested
  class MismatchedResponse {
    @ParameterizedTest
    @ValueSource(strings = {"5", "6", "7"})
    @Tag("AT-24")
    @Tag("AT-25")
    @Tag("AT-26")
    @Tag("AT-30")
    void deceivesWhoeverUsesTokensAgain(String figure) {
      for (String stack : List.of(BASELINE, "rfc9175:con", "rfc9175:echo", "rfc9175:request-tag")) {
        LabRun run = Runs.of(figure, stack);
        assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED);
        assertThat(run.verdict().reason()).contains(BELIEVES.strip());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "6", "7"})
    @Tag("AT-24")
    @Tag("AT-25")
    @Tag("AT-26")
    @Tag("AT-30")
    void matchesNothingWhereTokensNeverComeTwice(String figure) {
      assertWithstood(Runs.of(figure, "rfc9175:tokens"), Mechanism.TOKENS);
      assertWithstood(Runs.of(figure, MOAT), Mechanism.TOKENS);
    }

    @Test
    @Tag("AT-26")
    void setsTheLivingRoomOnFire() {
      assertThat(Runs.of("7", BASELINE).verdict().reason())
          .isEqualTo("client believes livingroom: 225; truth: 21");
    }

    @Test
    @Tag("AT-25")
    void deceivesAlsoWhenAnotherClientUnlocked() {
      String text =
          Runs.of("6", BASELINE)
              .scenario()
              .source()
              .replaceAll(
                  "(?s)\\(Client: PUT.*?\\(Client gives up\\)",
                  "(Other: PUT /lock \"0\")\n    (later: 150 ms)");
      assertThat(Runs.play(Runs.scenario(text), BASELINE).verdict().reason())
          .isEqualTo("client believes lock: locked; truth: open");
      assertWithstood(Runs.play(Runs.scenario(text), MOAT), Mechanism.TOKENS);
    }

    @Test
    @Tag("AT-28")
    void isNotStoppedByMessageIdsOfSeparateResponses() {
      LabRun run = Runs.of("5", BASELINE);
      assertThat(Runs.messages(run, Entry.Mark.RELEASED))
          .singleElement()
          .asString()
          .startsWith("CON MID=");
    }
  }

  @Nested
  class RearrangedFragments {
    @Test
    @Tag("AT-31")
    @Tag("AT-32")
    void promoteValjean() {
      assertThat(Runs.deeds(Runs.of("8", BASELINE)))
          .containsExactly("executes POST /orders \"promote valjean\": done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc9175:request-tag", MOAT})
    @Tag("AT-32")
    @Tag("AT-34")
    void joinTheirOwnOperationUnderRequestTags(String stack) {
      LabRun run = Runs.of("8", stack);
      assertThat(Runs.deeds(run))
          .containsExactly("executes POST /orders \"incarcerate valjean\": done");
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    @Test
    @Tag("AT-33")
    void carryAnotherTagInTheNextOperation() {
      List<String> tags =
          Runs.of("8", MOAT).trace().stream()
              .map(Entry::text)
              .filter(text -> text.contains("Request-Tag:"))
              .map(text -> text.replaceAll(".*Request-Tag:(\\w*).*", "$1"))
              .distinct()
              .toList();
      assertThat(tags).hasSize(2);
    }

    @Test
    @Tag("AT-35")
    void makeAServerOfOneOperationAskToComeBackLater() {
      LabRun run = Runs.play("8", MoatStacks.withConcurrency(Concurrency.SINGLE));
      assertThat(Runs.messages(run, Entry.Mark.PASSED))
          .anyMatch(text -> text.contains("5.03 Service Unavailable"));
      assertThat(Runs.deeds(run)).noneMatch(text -> text.contains("promote"));
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    @Test
    @Tag("AT-36")
    void findTheirOperationForgottenByAServerThatReplaces() {
      LabRun run = Runs.play("8", MoatStacks.withConcurrency(Concurrency.REPLACE));
      assertThat(Runs.messages(run, Entry.Mark.DROPPED))
          .anyMatch(text -> text.contains("4.08 Request Entity Incomplete"));
      assertThat(Runs.deeds(run)).isEmpty();
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    @Test
    @Tag("AT-37")
    void setThePoisonerFree() {
      assertThat(Runs.of("9", BASELINE).verdict().reason()).contains("Set her free.");
      assertThat(Runs.lastBelief(Runs.of("9", BASELINE)))
          .contains("set her free")
          .contains("evil queen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc9175:request-tag", MOAT})
    @Tag("AT-37")
    void leaveTheQueensCaseWhole(String stack) {
      LabRun run = Runs.of("9", stack);
      assertThat(Runs.lastBelief(run)).contains("lock her up").contains("evil queen");
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    @Test
    @Tag("AT-38")
    void passARuleThatBlocksOfAnOperationRiseInSequence() {
      assertThat(Deliveries.of(Runs.of("9", BASELINE)).joinedBlocksRise()).isTrue();
      assertThat(Deliveries.of(Runs.of("8", BASELINE)).joinedBlocksRise()).isFalse();
    }
  }

  @Nested
  class Relay {
    @Test
    @Tag("AT-43")
    void opensTheCarOfEveryStack() {
      assertThat(Runs.all().runs())
          .filteredOn(run -> run.scenario().id().equals("10"))
          .isNotEmpty()
          .allSatisfy(
              run ->
                  assertThat(run.verdict())
                      .isEqualTo(new Verdict.Succeeded("client believes key: near; truth: far")));
    }

    @Test
    @Tag("AT-43")
    @Tag("AT-45")
    void isRefusedByABoundOnDistance() {
      LabRun run = Runs.of("10-proximity", MOAT);
      assertThat(Runs.of(run, Entry.Kind.CLIENT))
          .anyMatch(
              text -> text.matches(".*bounds the distance by \\d+ km only, asked were 10.0 m"));
      assertWithstood(run, Mechanism.TIME_BOUND);
    }

    /** The control: without a tunnel the same car opens, because the bound can be proved. */
    @Test
    @Tag("AT-45")
    void isNotSuspectedWhenTheKeyIsNear() {
      String text =
          Runs.of("10-proximity", BASELINE)
              .scenario()
              .source()
              .replace("key, far", "key, near")
              .replaceAll(".*all\n", "");
      LabRun run = Runs.play(Runs.scenario(text), BASELINE);
      assertThat(Runs.of(run, Entry.Kind.CLIENT))
          .contains("proved that the key is within 3.0 m", "believes key near (told so)");
    }
  }

  @Nested
  class Amplification {
    @Test
    @Tag("AM-01")
    void hitsTheVictimOfABaselineServer() {
      assertThat(Runs.of("amplification", BASELINE).verdict().kind())
          .isEqualTo(Verdict.Kind.SUCCEEDED);
    }

    @Test
    @Tag("AM-01")
    @Tag("AM-02")
    void staysWithinThreeTimesWithMoat() {
      LabRun run = Runs.of("amplification", MOAT);
      assertWithstood(run, Mechanism.REACHABILITY);
      assertThat(Runs.messages(run, Entry.Mark.SPOOFED))
          .filteredOn(text -> text.contains("4.01 Unauthorized Echo"))
          .hasSize(6);
    }
  }
}
