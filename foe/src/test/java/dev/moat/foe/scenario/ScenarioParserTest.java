package dev.moat.foe.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.foe.lab.Lab;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/scenario-language.md. */
class ScenarioParserTest {
  private static final String HEAD =
      """
      figure  2
      title   A title
      draft   2.1
      story   It begins
              and goes on.
      server  lock, open, answers after 60 ms
      client  believes lock open
      harm    client is sure and wrong about lock
      detected client knows that it does not know of lock
      """;
  private static final String MUTANTS = " |+-<>@X()\"/,:#0z\n\t";
  private static final String NAMES = "ladder\n  Client   Foe   Server\n";

  private static Scenario parse(String text) {
    try {
      return ScenarioParser.parse("test.foe", text);
    } catch (ScenarioException bad) {
      throw new AssertionError(bad.getMessage(), bad);
    }
  }

  private static List<Step> steps(String... drawing) {
    return parse(HEAD + NAMES + String.join("\n", drawing) + "\n").steps();
  }

  private static Step step(String line) {
    return steps(line).get(0);
  }

  @Nested
  class Head {
    private final Scenario scenario = parse(HEAD + NAMES + "(later: 1 s)\n");

    @Test
    void namesTheFigure() {
      assertThat(scenario.id()).isEqualTo("2");
      assertThat(scenario.isFigure("2")).isTrue();
      assertThat(parse(HEAD.replace("figure  2", "figure 2 far") + NAMES + "(later: 1 s)\n"))
          .matches(variant -> variant.id().equals("2-far"))
          .matches(variant -> variant.isFigure("2"));
    }

    @Test
    void drawsHandshakesWhereItSaysSo() {
      assertThat(scenario.attacksHandshake()).isFalse();
      Scenario drawn =
          parse(
              HEAD.replace("draft   2.1", "source RFC 9528, Section 9.1")
                  + "handshake drawn, with message_4\n"
                  + "harm server acts more often than it was asked\n"
                  + "harm client is not served\n"
                  + "harm anybody shares keys with Foe\n"
                  + "harm client relies on keys that the server lacks\n"
                  + "harm keys of suite 0\n"
                  + "harm server keeps more than 100 handshakes open\n"
                  + "detected client knows that it was not served\n"
                  + NAMES
                  + "(later: 1 s)\n");
      assertThat(drawn.reference()).isEqualTo("RFC 9528, Section 9.1");
      assertThat(drawn.cast().handshake()).isEqualTo(Scenario.Handshake.DRAWN_WITH_MESSAGE_4);
      assertThat(drawn.aim().unserved()).isTrue();
      assertThat(drawn.aim().harms())
          .endsWith(
              new Harm.RepeatedDeed(),
              new Harm.Unserved(),
              new Harm.SharedKeys(),
              new Harm.UnequalKeys(),
              new Harm.Downgrade(0),
              new Harm.Overload(100));
    }

    @Test
    void joinsTheLinesOfAStory() {
      assertThat(scenario.story()).isEqualTo("It begins and goes on.");
    }

    @Test
    void castsTheServer() {
      ServerSetting server = scenario.cast().server();
      assertThat(server.kind()).isEqualTo(ServerSetting.Kind.LOCK);
      assertThat(server.facts()).containsEntry("lock", "open");
      assertThat(server.answersAfter()).isEqualTo(Duration.ofMillis(60));
      assertThat(scenario.cast().beliefs()).containsEntry("lock", "open");
    }

    @Test
    void saysWhatTheJudgeAsks() {
      assertThat(scenario.aim().harms()).containsExactly(new Harm.FalseBelief("lock"));
      assertThat(scenario.aim().doubts()).containsExactly("lock");
      String more =
          HEAD
              + "harm server acts later than 500 ms after the request\n"
              + "harm server acts on what nobody asked\n"
              + "harm victim receives more than 3 times what was sent\n";
      assertThat(parse(more + NAMES + "(later: 1 s)").aim().harms())
          .contains(
              new Harm.StaleDeed(Duration.ofMillis(500)),
              new Harm.UnaskedDeed(),
              new Harm.Amplified(3));
    }
  }

  @Nested
  class Ladder {
    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "+-------------->+   PUT /a ; TO_SERVER; Pass[]",
          "+------->X      |   PUT /a ; TO_SERVER; Drop[]",
          "+------->@x     |   PUT /a ; TO_SERVER; Hold[name=x]",
          "+-----(x2)----->+   PUT /a ; TO_SERVER; Duplicate[copies=2]",
          "+----(20 ms)--->+   PUT /a ; TO_SERVER; Delay[time=PT0.02S]",
          "+-(from victim)->+  PUT /a ; TO_SERVER; Spoof[]",
          "+<--------------+   2.04   ; TO_CLIENT; Pass[]",
          "|        X<-----+   2.04   ; TO_CLIENT; Drop[]",
          "|       @x<-----+   2.04   ; TO_CLIENT; Hold[name=x]",
          "+<----(x3)------+   2.04   ; TO_CLIENT; Duplicate[copies=3]",
          "+<----(2 s)-----+   2.04   ; TO_CLIENT; Delay[time=PT2S]",
        })
    void readsEveryArrow(String line, Direction direction, String fate) {
      assertThat(step(line))
          .asInstanceOf(InstanceOfAssertFactories.type(Step.Meet.class))
          .satisfies(meet -> assertThat(meet.direction()).isEqualTo(direction))
          .satisfies(meet -> assertThat(meet.fate()).hasToString(fate));
    }

    @Test
    void releasesWhatIsHeldInEitherDirection() {
      assertThat(
              steps(
                  "+------->@a     |   GET /a",
                  "|      a@------>+   GET /a",
                  "|     @b<-------+   2.05",
                  "+<----b@        |   2.05"))
          .filteredOn(step -> step instanceof Step.Release)
          .extracting(step -> ((Step.Release) step).direction())
          .containsExactly(Direction.TO_SERVER, Direction.TO_CLIENT);
    }

    @Test
    void readsWhatFoeMakesByItsOwnHand() {
      assertThat(
              steps(
                  "+--(copy first)--->+   message_1",
                  "|           !----->+   message_3, 3 times",
                  "|      first!----->+   message_1",
                  "| !-(from victim)->+   message_1, 200 times",
                  "+<-----!           |   error 2 suites 0",
                  "+<-----first!      |   message_2"))
          .filteredOn(step -> step instanceof Step.Forge)
          .extracting(step -> ((Step.Forge) step).craft())
          .containsExactly(
              craft(HandshakeMessage.MESSAGE_3, "", 3, false),
              craft(HandshakeMessage.MESSAGE_1, "first", 1, false),
              craft(HandshakeMessage.MESSAGE_1, "", 200, true),
              new Craft(HandshakeMessage.ERROR, Optional.empty(), 2, OptionalInt.of(0), 1, false),
              craft(HandshakeMessage.MESSAGE_2, "first", 1, false));
    }

    private static Craft craft(
        HandshakeMessage message, String recorded, int times, boolean spoofed) {
      return new Craft(
          message,
          Optional.of(recorded).filter(name -> !name.isEmpty()),
          0,
          OptionalInt.empty(),
          times,
          spoofed);
    }

    @Test
    void replacesMessagesOfHandshakes() {
      assertThat(steps("+---(own)---->+ message_1", "+-(suites 0)->+ message_1"))
          .extracting(step -> ((Step.Meet) step).fate())
          .containsExactly(new Fate.Swap(OptionalInt.empty()), new Fate.Swap(OptionalInt.of(0)));
    }

    @Test
    void skipsBareLifelines() {
      assertThat(steps("|     |    |", "(later: 1 s)")).hasSize(1);
    }

    @Test
    void readsWhatStandsBehindAnArrow() {
      assertThat(step("+----->+ POST /orders \" promote \" Block1 0/more"))
          .asInstanceOf(InstanceOfAssertFactories.type(Step.Meet.class))
          .satisfies(
              meet -> {
                assertThat(meet.pattern().code()).contains(Code.POST);
                assertThat(meet.pattern().path()).contains("/orders");
                assertThat(meet.pattern().payload()).contains("promote");
                assertThat(meet.pattern().block1()).contains(new Pattern.Block(0, true));
              });
      assertThat(step("+<-----+ *"))
          .asInstanceOf(InstanceOfAssertFactories.type(Step.Meet.class))
          .satisfies(meet -> assertThat(meet.pattern()).isEqualTo(Pattern.ANY));
    }

    @Test
    void readsRulesForCopiesAndForEverything() {
      assertThat(steps("+---->X   |  GET /a", "+---->X   |  retransmissions", "+<--------+  all"))
          .extracting(step -> (Object) step.getClass())
          .containsExactly(Step.Meet.class, Step.Copies.class, Step.Every.class);
    }

    @Test
    void readsRemarks() {
      assertThat(step("(Client: PUT /lock \"1\", NON, token 9c01, 3 times)"))
          .asInstanceOf(InstanceOfAssertFactories.type(Step.Call.class))
          .satisfies(
              call -> {
                assertThat(call.caller()).isEqualTo(Step.Caller.CLIENT);
                assertThat(call.ask().token()).contains(Bytes.of(0x9c, 1));
                assertThat(call.ask().careless()).isTrue();
                assertThat(call.ask().times()).isEqualTo(3);
                assertThat(call.ask().payload()).isEqualTo("1");
              });
      assertThat(steps("(Client gives up)", "(Client makes sure)", "(Client sees lock)"))
          .extracting(step -> ((Step.Act) step).kind())
          .containsExactly(Step.Act.Kind.GIVE_UP, Step.Act.Kind.MAKE_SURE, Step.Act.Kind.SEE);
      assertThat(step("(Other: GET /lock)"))
          .matches(other -> ((Step.Call) other).caller() == Step.Caller.OTHER);
    }
  }

  @Nested
  class Refusals {
    /** In these lines the head has 9 lines and the names 2, so that drawings begin in line 12. */
    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "+------>         ; 12;  9; the server's lifeline",
          "+------Y     +   ; 12;  8; the head of the arrow",
          "+---->X          ; 12;  8; the server's lifeline",
          "+---->@          ; 12;  8; a name for what is held",
          "|    X-----+     ; 12;  7; behind the name of what is released",
          "|    @x-----+    ; 12;  8; the arrow from the server",
          "+--(y)-->+       ; 12;  5; a time such as",
          "+--(20)-->+      ; 12;  7; ms",
          "+--(x1)-->+      ; 12;  7; copies from 2 to 9",
          "+<--(from victim)--+ ; 12; 5; only on arrows to the server",
          "+------>+ GTE /a ; 12; 11; a method, a response code",
          "+------>+ 9.04   ; 12; 11; a response code of class 2, 4 or 5",
          "+------>+ GET /a Block1 0/mor ; 12; 27; here",
          "+------>+ retransmissions ; 12; 11; on the line above",
          "|  a@------>+ GET /a ; 12; 1; a name that a line above holds",
          "(Client says no) ; 12; 9; a request, or gives up",
          "(Nobody: GET /a) ; 12; 2; \"Client\", \"Other\" or \"later\"",
          "(later: 3)       ; 12; 10; \"ms\" or \"s\"",
          "(Client: GET)    ; 12; 13; a path",
          "(Client: GET /a, token 9) ; 12; 24; hexadecimal",
          "(Client gives up ; 12; 17; the end of the remark",
          "what             ; 12; 1; an arrow from",
        })
    void nameLineColumnAndWhatWasExpected(String line, int row, int column, String expected) {
      assertRefused(HEAD + NAMES + line + "\n", row, column, expected);
    }

    @Test
    void nameTheColumnOfALifelineThatStrays() {
      assertRefused(
          HEAD + NAMES + "+------>+ GET /a\n +------>+ GET /a\n", 13, 2, "Client in column 1");
      assertRefused(
          HEAD + NAMES + "+------>+ GET /a\n+------->+ GET /a\n", 13, 10, "Server in column 9");
    }

    @Test
    void nameAnUnknownKeyword() {
      assertRefused("figur 2\n", 1, 1, "a keyword: figure, title");
    }

    @Test
    void nameWhatIsMissing() {
      assertRefused(HEAD.replace("title   A title\n", "") + NAMES + "(later: 1 s)", 11, 1, "title");
      assertRefused("figure 1\n", 2, 1, "a ladder");
      assertRefused(
          HEAD.replace("harm    client is sure and wrong about lock\n", "")
              + NAMES
              + "(later: 1 s)",
          11,
          1,
          "harm");
    }

    @Test
    void nameATab() {
      assertRefused("figure\t2\n", 1, 7, "blanks instead of a tab");
      assertRefused("figure 2 \t\t\n", 1, 10, "blanks instead of a tab");
    }

    @Test
    void nameABadBlockSize() {
      assertRefused("client sends blocks of 20\n", 1, 24, "16, 32, 64");
    }

    @Test
    void nameAFactThatTheApplicationDoesNotKnow() {
      assertRefused("server lock, ajar\n", 1, 14, "locked or open for a lock");
      assertRefused("server library, octets many\n", 1, 17, "octets and a number");
      assertRefused("server prison, full\n", 1, 16, "locked or open");
      assertRefused("server tower\n", 1, 8, "lock, thermometers, prison");
    }

    /** Whatever is done to a file, it is read or refused with a place in it. */
    @Test
    void nameAPlaceWhateverIsWrong() {
      long seed = 20_260_601;
      Random random = new Random(seed);
      String file = Lab.standard().figure("9").scenarios().get(0).source();
      int refused = 0;
      for (int round = 0; round < 3000; round++) {
        StringBuilder text = new StringBuilder(file);
        for (int i = 0; i <= random.nextInt(3); i++) {
          text.setCharAt(
              random.nextInt(text.length()), MUTANTS.charAt(random.nextInt(MUTANTS.length())));
        }
        refused +=
            isRefusedWithAPlace(text.toString(), "seed " + seed + ", round " + round) ? 1 : 0;
      }
      assertThat(refused).isGreaterThan(500);
    }

    private boolean isRefusedWithAPlace(String text, String round) {
      try {
        assertThat(ScenarioParser.parse("test.foe", text).steps()).isNotEmpty();
        return false;
      } catch (ScenarioException refusal) {
        String[] lines = text.split("\n", -1);
        assertThat(refusal.line()).as(round).isBetween(1, lines.length);
        assertThat(refusal.column()).as(round).isBetween(1, lines[refusal.line() - 1].length() + 1);
        return true;
      } catch (RuntimeException defect) {
        throw new AssertionError(round + "\n" + text, defect);
      }
    }

    @Test
    void endFilesThatAreTooLong() {
      assertRefused("# x\n".repeat(500), 401, 1, "at most 400 lines");
    }

    private void assertRefused(String text, int line, int column, String expected) {
      assertThatThrownBy(() -> ScenarioParser.parse("test.foe", text))
          .isInstanceOfSatisfying(
              ScenarioException.class,
              refusal -> {
                assertThat(refusal)
                    .hasMessageStartingWith("test.foe:" + line + ":" + column + ": ");
                assertThat(refusal.line()).isEqualTo(line);
                assertThat(refusal.column()).isEqualTo(column);
                assertThat(refusal.expected()).contains(expected);
              });
    }
  }
}
