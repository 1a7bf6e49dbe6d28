package dev.moat.foe.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.OptionNumber;
import dev.moat.engine.block.Concurrency;
import dev.moat.foe.attack.ClearSight;
import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.stack.MoatStacks;
import dev.moat.foe.trace.Entry;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures under OSCORE in virtual time: what it stops, what it does not, and why. */
class OscoreFiguresTest {
  private static final String OSCORE = "oscore";
  private static final String WINDOW_1 = "oscore:window-1";
  private static final String MOAT = "moat:oscore";

  private static void assertWithstood(LabRun run, Mechanism mechanism) {
    assertThat(run.verdict())
        .as(String.join("\n", run.evidence()))
        .isEqualTo(new Verdict.Withstood(mechanism));
  }

  private static List<String> turns(LabRun run) {
    return Runs.deeds(run).stream().map(text -> text.substring(text.indexOf("now "))).toList();
  }

  @Nested
  class Sight {
    static Stream<WatchedRun> runs() {
      return Stream.of(OSCORE, WINDOW_1, MOAT)
          .flatMap(
              stack ->
                  Stream.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
                      .map(figure -> WatchedRun.of(figure, stack)));
    }

    /** What is left to go by: direction, order, time and length. */
    @ParameterizedTest
    @MethodSource("runs")
    @Tag("AT-11")
    void findsTheSameOuterCodeEverywhereAndNoOptionOfClassE(WatchedRun watched) {
      assertThat(watched.messages(Direction.TO_SERVER))
          .isNotEmpty()
          .allSatisfy(request -> assertThat(request.code()).isEqualTo(Code.POST))
          .allSatisfy(OscoreFiguresTest::assertOnlyTheOscoreOption);
      assertThat(watched.messages(Direction.TO_CLIENT))
          .filteredOn(response -> response.options().has(OptionNumber.OSCORE))
          .allSatisfy(response -> assertThat(response.code()).isEqualTo(Code.CHANGED))
          .allSatisfy(OscoreFiguresTest::assertOnlyTheOscoreOption);
    }

    /** The residual: what is asked for still shows by its length. */
    @Test
    @Tag("AT-11")
    void stillTellsAReadingFromATurningOfTheLockByLength() {
      List<Integer> lengths =
          WatchedRun.of("6", OSCORE).messages(Direction.TO_SERVER).stream()
              .map(request -> request.payload().length())
              .distinct()
              .toList();
      assertThat(lengths).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "9"})
    @Tag("AT-01")
    void findsNoWordOfTheApplicationsInWhatItCaptures(String figure) {
      List<String> words = List.of("orders", "valjean", "court", "apple", "done");
      assertThat(captured(figure, "moat")).containsAnyOf(words.toArray(String[]::new));
      for (String stack : List.of(OSCORE, WINDOW_1, MOAT)) {
        assertThat(captured(figure, stack)).doesNotContain(words);
      }
    }

    private static String captured(String figure, String stack) {
      StringBuilder text = new StringBuilder();
      for (WatchedRun.Sent sent : WatchedRun.of(figure, stack).atFoe()) {
        for (byte octet : sent.datagram().toArray()) {
          text.append((char) (octet & 0xff));
        }
      }
      return text.toString().toLowerCase(Locale.ROOT);
    }

    /** A runner that read plaintext would find what its ladder names, also with clear sight. */
    @ParameterizedTest
    @MethodSource("runs")
    void findsNoneOfTheLaddersWordsEvenWhereItReadsAllThatIsClear(WatchedRun watched) {
      ClearSight clear = new ClearSight();
      for (WatchedRun.Sent sent : watched.protectedPart()) {
        assertThat(clear.describe(sent.datagram()))
            .doesNotContain("PUT", "GET", "/lock", "Block1", "Request-Tag", "2.05", "2.31");
      }
    }
  }

  private static void assertOnlyTheOscoreOption(Message message) {
    assertThat(message.options().toList())
        .singleElement()
        .satisfies(option -> assertThat(option.number()).isEqualTo(OptionNumber.OSCORE));
  }

  @Nested
  class DelayedRequest {
    /** A replay window of any length tells order and not age. */
    @ParameterizedTest
    @ValueSource(strings = {OSCORE, WINDOW_1})
    @Tag("AT-13")
    @Tag("AT-18")
    @Tag("AT-19")
    void opensTheDoorLongAfterWhateverTheReplayWindow(String stack) {
      LabRun run = Runs.of("3", stack);
      assertThat(turns(run)).containsExactly("now open");
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED);
    }

    @Test
    @Tag("AT-13")
    @Tag("AT-18")
    @Tag("AT-23")
    void isChallengedInsideAndDoesNotAct() {
      LabRun run = Runs.of("3", MOAT);
      assertThat(Runs.deeds(run)).isEmpty();
      assertThat(Runs.of(run, Entry.Kind.STACK)).anyMatch(text -> text.endsWith("Echo: NO_ECHO"));
      // The challenge itself is protected: nobody outside sees a 4.01 or an Echo option.
      assertThat(Runs.messages(run, Entry.Mark.DROPPED)).noneMatch(text -> text.contains("4.01"));
      assertWithstood(run, Mechanism.ECHO);
    }

    @Test
    @Tag("AT-14")
    void opensTheDoorAgainFromInsideAWindowOf32() {
      LabRun run = Runs.of("4", OSCORE);
      assertThat(turns(run)).containsExactly("now open", "now locked", "now open");
      assertThat(Runs.lastBelief(run)).contains("lock locked");
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED);
    }

    @Test
    @Tag("AT-14")
    @Tag("AT-19")
    void isAReplayToAWindowOf1() {
      LabRun run = Runs.of("4", WINDOW_1);
      assertThat(turns(run)).containsExactly("now open", "now locked");
      assertThat(Runs.messages(run, Entry.Mark.DROPPED))
          .anyMatch(text -> text.contains("4.01 Unauthorized \"Replay detected\""));
      assertWithstood(run, Mechanism.REPLAY_WINDOW);
    }

    @Test
    @Tag("AT-14")
    void isChallengedThoughTheWindowWouldTakeIt() {
      LabRun run = Runs.of("4", MOAT);
      assertThat(turns(run)).containsExactly("now open", "now locked");
      assertWithstood(run, Mechanism.ECHO);
    }

    /** Foe shapes the window: it decides what the server receives before the stored request. */
    @ParameterizedTest
    @ValueSource(ints = {1, 30, 31})
    @Tag("AT-15")
    void actsAfterUpTo31NewerRequests(int newer) {
      assertThat(turns(delayedBehind(newer))).containsExactly("now open");
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33})
    @Tag("AT-15")
    void isAReplayAfter32NewerRequests(int newer) {
      LabRun run = delayedBehind(newer);
      assertThat(Runs.deeds(run)).isEmpty();
      assertWithstood(run, Mechanism.REPLAY_WINDOW);
    }

    private static LabRun delayedBehind(int newer) {
      String head =
          """
          figure window
          title The edge of the window
          draft 2.2
          story Foe stores a request, lets newer ones pass, and releases it.
          server lock, locked
          harm client is sure and wrong about lock
          ladder
            Client      Foe      Server
              (Client: PUT /lock "0", token 01)
              +------------>@old   |   PUT /lock "0"
              +------------>X      |   retransmissions
              (Client gives up)
          """;
      String read = "    (Client: GET /lock, token 02)\n    (Client gives up)\n";
      String end = "    |         old@------>+   PUT /lock \"0\"\n    |             X<-----+   *\n";
      return Runs.play(Runs.scenario(head + read.repeat(newer) + end), OSCORE);
    }

    /** A retransmission is the same datagram; only a new request has a new nonce. */
    @Test
    @Tag("AT-16")
    void mustBeHeldBackWithAllItsCopiesUntilANewRequest() {
      WatchedRun watched = WatchedRun.of("4", OSCORE);
      List<Message> requests = watched.messages(Direction.TO_SERVER);
      assertThat(requests).extracting(WatchedRun::partialIv).containsExactly(0L, 0L, 0L, 1L, 2L);
      List<Bytes> copies =
          watched.atFoe().stream().limit(3).map(WatchedRun.Sent::datagram).toList();
      assertThat(copies).containsOnly(copies.get(0));
      assertThat(watched.toServer())
          .extracting(WatchedRun::decode)
          .extracting(WatchedRun::partialIv)
          .containsExactly(1L, 2L, 0L);
    }

    /** What Foe would lose by letting one copy pass: the stored one is a replay. */
    @Test
    @Tag("AT-16")
    void isWorthlessOnceOneCopyPassed() {
      String text =
          Runs.of("3", OSCORE)
              .scenario()
              .source()
              .replaceFirst("\\+------------->X             \\|    retransmissions\n", "# \n");
      LabRun run = Runs.play(Runs.scenario(text), OSCORE);
      assertThat(turns(run)).containsExactly("now open");
      assertThat(Runs.of(run, Entry.Kind.STACK))
          .anyMatch(said -> said.contains("duplicate answered again") || said.contains("replay"));
    }
  }

  @Nested
  class MismatchedResponse {
    @ParameterizedTest
    @ValueSource(strings = {"5", "6", "7"})
    @Tag("AT-08")
    @Tag("AT-24")
    @Tag("AT-25")
    @Tag("AT-26")
    void failsVerificationThoughItsTokenMatches(String figure) {
      for (String stack : List.of(OSCORE, WINDOW_1)) {
        LabRun run = Runs.of(figure, stack);
        assertThat(Runs.messages(run, Entry.Mark.RELEASED))
            .singleElement()
            .asString()
            .contains("T=77");
        assertThat(Runs.of(run, Entry.Kind.STACK))
            .anyMatch(text -> text.startsWith("client's stack: response from"))
            .anyMatch(text -> text.contains("UNVERIFIED_RESPONSE"));
        assertWithstood(run, Mechanism.BINDING);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "6", "7"})
    @Tag("AT-24")
    @Tag("AT-25")
    @Tag("AT-26")
    void isNotEvenTriedWhereTokensNeverComeTwice(String figure) {
      assertWithstood(Runs.of(figure, MOAT), Mechanism.TOKENS);
    }

    @Test
    @Tag("AT-25")
    void failsAlsoWhenAnotherClientUnlocked() {
      String text =
          Runs.of("6", OSCORE)
              .scenario()
              .source()
              .replaceAll(
                  "(?s)\\(Client: PUT.*?\\(Client gives up\\)",
                  "(Other: PUT /lock \"0\")\n    (later: 150 ms)");
      assertWithstood(Runs.play(Runs.scenario(text), OSCORE), Mechanism.BINDING);
      assertWithstood(Runs.play(Runs.scenario(text), MOAT), Mechanism.TOKENS);
    }

    /** The control: the same files, the same tokens, responses that are taken unverified. */
    @ParameterizedTest
    @ValueSource(strings = {"5", "6", "7"})
    @Tag("AT-24")
    @Tag("AT-25")
    @Tag("AT-26")
    void deceivesAClientThatVerifiesNothing(String figure) {
      assertThat(Runs.of(figure, "rfc7252").verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED);
    }
  }

  @Nested
  class RearrangedFragments {
    @Test
    @Tag("AT-31")
    @Tag("AT-32")
    void promoteValjeanThoughEveryBlockIsProtected() {
      assertThat(Runs.deeds(Runs.of("8", OSCORE)))
          .containsExactly("executes POST /orders \"promote valjean\": done");
    }

    @Test
    @Tag("AT-32")
    @Tag("AT-34")
    void joinTheirOwnOperationUnderRequestTags() {
      LabRun run = Runs.of("8", MOAT);
      assertThat(Runs.deeds(run))
          .containsExactly("executes POST /orders \"incarcerate valjean\": done");
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    @Test
    @Tag("AT-35")
    void makeAServerOfOneOperationAskToComeBackLater() {
      LabRun run = Runs.play("8", MoatStacks.oscoreWithConcurrency(Concurrency.SINGLE));
      assertThat(Runs.of(run, Entry.Kind.STACK)).anyMatch(text -> text.endsWith("refused: BUSY"));
      assertThat(Runs.deeds(run)).noneMatch(text -> text.contains("promote"));
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    @Test
    @Tag("AT-36")
    void findTheirOperationForgottenByAServerThatReplaces() {
      LabRun run = Runs.play("8", MoatStacks.oscoreWithConcurrency(Concurrency.REPLACE));
      assertThat(Runs.of(run, Entry.Kind.STACK))
          .anyMatch(text -> text.endsWith("refused: NO_SUCH_OPERATION"));
      assertThat(Runs.deeds(run)).isEmpty();
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    @Test
    @Tag("AT-31")
    @Tag("AT-37")
    void setThePoisonerFreeThoughEveryAnswerVerifies() {
      LabRun run = Runs.of("9", OSCORE);
      assertThat(run.verdict().reason()).contains("Set her free.");
      assertThat(Runs.lastBelief(run)).contains("set her free").contains("evil queen");
      assertThat(Runs.of(run, Entry.Kind.STACK)).noneMatch(text -> text.contains("rejected"));
    }

    @Test
    @Tag("AT-37")
    void leaveTheQueensCaseWhole() {
      LabRun run = Runs.of("9", MOAT);
      assertThat(Runs.lastBelief(run)).contains("lock her up").contains("evil queen");
      assertWithstood(run, Mechanism.REQUEST_TAG);
    }

    /** The blocks that the server of figure 9 joins rise in sequence; so no rule on that helps. */
    @Test
    @Tag("AT-38")
    void passARuleThatPartialIvsOfAnOperationRise() {
      WatchedRun watched = WatchedRun.of("9", OSCORE);
      long[] delivered =
          watched.toServer().stream()
              .map(WatchedRun::decode)
              .mapToLong(WatchedRun::partialIv)
              .distinct()
              .toArray();
      // The court's session, the Queen's first block, the girl's, and the last block of both.
      assertThat(delivered).containsExactly(0, 2, 1, 3);
      assertThat(LongStream.of(delivered).skip(2)).isSorted();
      assertThat(watched.run().verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED);
    }

    /** What helps is a rule on all messages of the client, as on an ordered transport. */
    @ParameterizedTest
    @ValueSource(strings = {"8", "9"})
    @Tag("AT-38")
    void areReplaysToAWindowOf1(String figure) {
      assertWithstood(Runs.of(figure, WINDOW_1), Mechanism.REPLAY_WINDOW);
    }
  }

  @Nested
  class Amplification {
    @Test
    @Tag("AM-01")
    void hitsWhoeverFoeNamesAsSourceOfAGenuineRequest() {
      assertThat(Runs.of("amplification", OSCORE).verdict().reason()).startsWith("victim received");
    }

    @Test
    @Tag("AM-01")
    @Tag("AM-02")
    void staysWithinThreeTimesByOuterEcho() {
      LabRun run = Runs.of("amplification", MOAT);
      assertWithstood(run, Mechanism.REACHABILITY);
      assertThat(Runs.messages(run, Entry.Mark.SPOOFED))
          .filteredOn(text -> text.contains("4.01 Unauthorized Echo"))
          .hasSize(6);
    }
  }
}
