package dev.moat.foe.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.trace.Entry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Foe on the handshake, in virtual time: against Moat's defaults and against the control. */
class HandshakeAttacksTest {
  private static final String MOAT = "moat:oscore";
  private static final String CONTROL = "edhoc:lax";

  private static LabRun of(String attack) {
    return Runs.of("edhoc-" + attack, MOAT);
  }

  private static void assertWithstood(LabRun run, Mechanism mechanism) {
    assertThat(run.verdict())
        .as(String.join("\n", run.evidence()))
        .isEqualTo(new Verdict.Withstood(mechanism));
  }

  private static void assertFalls(LabRun run, String harm) {
    assertThat(run.verdict())
        .as(String.join("\n", run.evidence()))
        .isEqualTo(new Verdict.Succeeded(harm));
  }

  private static List<String> completed(LabRun run) {
    return Runs.of(run, Entry.Kind.STACK).stream()
        .filter(text -> text.contains("EDHOC complete"))
        .toList();
  }

  private static void assertServedOnce(LabRun run) {
    assertThat(Runs.deeds(run)).as(String.join("\n", run.evidence())).hasSize(1);
    assertThat(Runs.lastBelief(run)).contains("lock open");
  }

  private static LabRun played(String attack, String stack, String from, String to) {
    String text = Runs.of("edhoc-" + attack, MOAT).scenario().source();
    assertThat(text).contains(from);
    return Runs.play(Runs.scenario(text.replace(from, to)), stack);
  }

  @Nested
  class Figures {
    static Stream<LabRun> runs() {
      return Runs.all().runs().stream()
          .filter(run -> run.stack().name().equals(MOAT))
          .filter(run -> !run.scenario().attacksHandshake());
    }

    /** The ladder's messages are the figure's: the handshake is over before the first of them. */
    @ParameterizedTest
    @MethodSource("runs")
    void beginWhenTheHandshakeThatFoeWatchedIsOver(LabRun run) {
      List<Entry> trace = run.trace();
      List<Integer> handshakes =
          Stream.iterate(0, i -> i < trace.size(), i -> i + 1)
              .filter(i -> trace.get(i).text().contains("EDHOC message_"))
              .toList();
      int firstRequest =
          Stream.iterate(0, i -> i < trace.size(), i -> i + 1)
              .filter(i -> trace.get(i).text().startsWith("asks"))
              .findFirst()
              .orElseThrow();
      assertThat(handshakes).hasSizeGreaterThan(1).allMatch(i -> i < firstRequest);
    }
  }

  @Nested
  class Blocked {
    @ParameterizedTest
    @ValueSource(strings = {"block-1", "block-2", "block-3", "block-4"})
    void messagesLeaveAClientThatKnowsThatNothingHappened(String attack) {
      LabRun run = of(attack);
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.DETECTED);
      assertThat(Runs.deeds(run)).isEmpty();
      assertThat(Runs.of(run, Entry.Kind.CLIENT)).anyMatch(text -> text.contains("never left"));
    }
  }

  @Nested
  class Delayed {
    @Test
    void message1MovesNothing() {
      LabRun run = of("delay-1");
      assertThat(completed(run)).isEmpty();
      assertWithstood(run, Mechanism.MESSAGE_3);
    }

    /** The keys are good, and still: they are only as young as message_2. */
    @Test
    void requestIsChallengedThoughItCameWithItsKeys() {
      LabRun run = of("delay-3");
      assertThat(completed(run)).anyMatch(text -> text.contains("RESPONDER"));
      assertThat(Runs.of(run, Entry.Kind.STACK)).anyMatch(text -> text.endsWith("Echo: NO_ECHO"));
      assertThat(Runs.deeds(run)).isEmpty();
      assertWithstood(run, Mechanism.ECHO);
    }

    /** What a window allows it allows: nobody can tell the delay from the network's. */
    @Test
    void requestIsExecutedWithinTheWindow() {
      LabRun run = played("delay-3", MOAT, "freshness 400 ms", "freshness 10 s");
      assertThat(Runs.deeds(run)).hasSize(1);
      assertThat(run.verdict().reason()).startsWith("server executed PUT /lock \"0\" 1");
    }
  }

  @Nested
  class Repeated {
    @ParameterizedTest
    @ValueSource(strings = {"replay-1", "replay-all", "duplicate"})
    @Tag("LK-018")
    void messagesGetTheSameAnswerAndMakeNoSecondContext(String attack) {
      LabRun run = of(attack);
      assertServedOnce(run);
      assertThat(completed(run)).hasSize(2);
      assertWithstood(run, Mechanism.SAME_ANSWER);
    }

    @Test
    void message2OfAnotherHandshakeDecryptsToNonsense() {
      LabRun run = of("replay-2");
      assertThat(Runs.messages(run, Entry.Mark.FORGED)).singleElement();
      assertServedOnce(run);
      assertWithstood(run, Mechanism.TRANSCRIPT);
    }
  }

  @Nested
  class Forged {
    @ParameterizedTest
    @ValueSource(
        strings = {"inject-1", "inject-2", "inject-3", "inject-4", "error-client", "error-server"})
    void messagesDoNotKeepTheGenuineOnesFromTheirEnd(String attack) {
      LabRun run = of(attack);
      assertThat(Runs.messages(run, Entry.Mark.FORGED)).isNotEmpty();
      assertServedOnce(run);
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.WITHSTOOD);
    }

    @Test
    void message3OfFoeMakesAContextWhereAnybodyIsTaken() {
      assertThat(completed(of("inject-1"))).hasSize(2);
      LabRun control = Runs.of("edhoc-inject-1", CONTROL);
      assertThat(completed(control)).hasSize(3);
      assertFalls(control, "an end took keys for good that Foe has");
    }

    @Test
    void errorAboutSuitesGetsNoWorseOneAgreedOn() {
      LabRun run = of("error-suites");
      assertThat(completed(run)).isEmpty();
      assertThat(Runs.of(run, Entry.Kind.STACK))
          .anyMatch(text -> text.endsWith("wrong selected cipher suite"))
          .anyMatch(text -> text.endsWith("no cipher suite in common"));
      assertWithstood(run, Mechanism.SUITES);
    }

    /** Planted fault: were suite 0 agreed on, the judge would say so. */
    @Test
    void suiteIsKnownToTheJudge() {
      LabRun run =
          played(
              "error-client",
              MOAT,
              "harm    client is not",
              "harm    keys of suite 1\nharm    client is not");
      assertFalls(run, "a handshake was completed with suite 1");
    }
  }

  @Nested
  class InTheMiddle {
    @Test
    void nobodyCompletesWithFoe() {
      LabRun run = of("mitm");
      assertThat(Runs.messages(run, Entry.Mark.ALTERED)).isNotEmpty();
      assertThat(completed(run)).isEmpty();
      assertWithstood(run, Mechanism.AUTHENTICATION);
    }

    /** The control: the same ladder, ends that take whoever shows a credential. */
    @Test
    void bothCompleteWithFoeWhereAnybodyIsTaken() {
      LabRun run = Runs.of("edhoc-mitm", CONTROL);
      assertThat(completed(run)).hasSize(2);
      assertFalls(run, "an end took keys for good that Foe has");
    }

    @Test
    void theBetterSuiteCannotBeStripped() {
      LabRun run = of("suites");
      assertThat(Runs.messages(run, Entry.Mark.ALTERED)).isNotEmpty();
      assertThat(completed(run)).isEmpty();
      assertWithstood(run, Mechanism.TRANSCRIPT);
    }
  }

  @Nested
  class Flood {
    @Test
    @Tag("LK-020")
    void leavesRoomForAClientThatAnswersAnEcho() {
      LabRun run = of("flood");
      assertServedOnce(run);
      assertThat(Runs.messages(run, Entry.Mark.SPOOFED)).isNotEmpty();
      assertThat(Runs.messages(run, Entry.Mark.PASSED))
          .anyMatch(text -> text.contains("4.01 Unauthorized Echo"));
      assertWithstood(run, Mechanism.REACHABILITY);
    }

    @Test
    void fillsATableThatNobodyGuards() {
      assertFalls(Runs.of("edhoc-flood", CONTROL), "the server keeps 200 handshakes open");
    }
  }

  @Test
  void callsTheMessagesByTheirNames() {
    assertThat(Runs.messages(of("block-4"), Entry.Mark.PASSED))
        .anyMatch(text -> text.endsWith("EDHOC message_1, 38 octets"))
        .anyMatch(text -> text.contains("EDHOC message_2, "))
        .anyMatch(text -> text.contains("EDHOC message_3, "));
    assertThat(Runs.messages(of("block-4"), Entry.Mark.DROPPED))
        .allMatch(text -> text.contains("EDHOC message_4, "));
    assertThat(Runs.messages(of("delay-3"), Entry.Mark.HELD))
        .allMatch(text -> text.contains("EDHOC message_3 among them"));
  }

  @Test
  void refersToTheRfcAndNotToTheDraft() {
    for (LabRun run : Runs.all().runs()) {
      Scenario scenario = run.scenario();
      assertThat(scenario.reference())
          .startsWith(scenario.attacksHandshake() ? "RFC 9528" : "draft, Section");
    }
  }
}
