package dev.moat.foe.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.foe.lab.Lab;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ladders an ordered transport takes away, by what they draw. */
class OrderedPathTest {
  private static Optional<String> obstacle(String... ladder) throws ScenarioException {
    String text =
        """
        figure test
        title Test
        draft none
        story A ladder.
        server lock, open
        harm client is sure and wrong about lock
        ladder
          Client      Foe      Server
        """
            + "    "
            + String.join("\n    ", ladder)
            + "\n";
    return OrderedPath.obstacle(ScenarioParser.parse("test.foe", text).steps());
  }

  private static Optional<String> ofFigure(String id) {
    return Lab.standard().figure(id).scenarios().stream()
        .filter(scenario -> scenario.id().equals(id))
        .findFirst()
        .flatMap(scenario -> OrderedPath.obstacle(scenario.steps()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "5", "6", "7", "10", "10-proximity"})
  @Tag("AT-13")
  void leavesTheFiguresInWhichNothingOvertakes(String figure) {
    assertThat(ofFigure(figure)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4, PUT /lock, unlock", "8, POST /orders, valjean", "9, POST /court, girl"})
  @Tag("AT-14")
  void takesAwayThoseInWhichALaterMessageOvertakes(String figure, String message, String held) {
    assertThat(ofFigure(figure).orElseThrow())
        .contains("line ")
        .contains(message)
        .contains("would overtake \"" + held + "\"");
  }

  @Test
  void letsWhatIsStalledFlowInItsOrder() throws ScenarioException {
    assertThat(
            obstacle(
                "(Client: GET /lock, token 01)",
                "+------------>@one   |   GET /lock",
                "+------------>@two   |   GET /lock",
                "|         one@------>+   GET /lock",
                "|         two@------>+   GET /lock",
                "+------------------->+   GET /lock"))
        .isEmpty();
    assertThat(
            obstacle(
                "+------------>@one   |   GET /lock",
                "+------------>@two   |   GET /lock",
                "|         two@------>+   GET /lock"))
        .get()
        .asString()
        .startsWith("line 11,")
        .contains("overtake \"one\"");
  }

  @Test
  void letsNothingArriveBehindACutButWhatWasStalledBeforeIt() throws ScenarioException {
    assertThat(
            obstacle(
                "|        @one<-------+   2.05",
                "|            X<------+   2.05",
                "+<--------one@       |   2.05"))
        .isEmpty();
    assertThat(
            obstacle(
                "|            X<------+   2.05",
                "|        @one<-------+   2.05",
                "+<--------one@       |   2.05"))
        .get()
        .asString()
        .contains("a message before it never arrives");
    assertThat(obstacle("+----------->X       |   GET /lock", "+------------------->+   GET /lock"))
        .isPresent();
  }

  @Test
  void treatsTheDirectionsApart() throws ScenarioException {
    assertThat(obstacle("+----------->X       |   GET /lock", "+<-------------------+   2.05"))
        .isEmpty();
  }

  @Test
  void seesNothingInLinesAboutRetransmissions() throws ScenarioException {
    assertThat(
            obstacle(
                "+------------>@one   |   GET /lock",
                "+----------->X       |   retransmissions",
                "|         one@------>+   GET /lock"))
        .isEmpty();
  }

  @Test
  void knowsThatNothingArrivesTwiceOrFromElsewhere() throws ScenarioException {
    assertThat(obstacle("+-------(x3)-------->+   GET /lock"))
        .get()
        .asString()
        .contains("nothing arrives twice");
    assertThat(obstacle("+----(from victim)-->+   GET /lock"))
        .get()
        .asString()
        .contains("one source address");
  }

  @Test
  void knowsThatNothingIsPutIntoAStream() {
    assertThat(ofFigure("edhoc-flood")).get().asString().contains("put between the octets");
    assertThat(ofFigure("edhoc-suites")).get().asString().contains("take the place");
  }
}
