package dev.moat.foe.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.foe.judge.Mechanism;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import dev.moat.foe.trace.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lab as a whole. */
class LabTest {
  @Test
  void givesTheSameTranscriptForTheSameSeed() {
    assertThat(transcripts(7)).isEqualTo(transcripts(7)).isNotEqualTo(transcripts(8));
  }

  private static List<List<String>> transcripts(long seed) {
    return Lab.standard().seed(seed).run(Transport.VIRTUAL, Lab.Progress.NONE).runs().stream()
        .map(LabRun::evidence)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 5, 8, 13, 21})
  void comesToTheSameVerdictsWithEverySeed(long seed) {
    LabResult result = Lab.standard().seed(seed).run(Transport.VIRTUAL, Lab.Progress.NONE);
    assertThat(result.surprises()).extracting(LabRun::evidence).isEmpty();
  }

  /** The main job, over real sockets and in real time. */
  @Test
  @Timeout(60)
  void comesToTheSameVerdictsOverUdpInUnderThirtySeconds() {
    AtomicInteger told = new AtomicInteger();
    long start = System.nanoTime();
    LabResult result =
        Lab.standard().run(Transport.UDP, (run, done, total) -> told.incrementAndGet());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(result.surprises()).extracting(LabRun::evidence).isEmpty();
    assertThat(result.runs()).hasSize(told.get()).allMatch(run -> run.transport() == Transport.UDP);
    assertThat(took).isLessThan(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"UDP", "VIRTUAL"})
  void executesADuplicatedAndDelayedRequestOnce(Transport transport) {
    Scenario scenario =
        Runs.scenario(
            """
            figure copies
            title Copies
            draft none
            story Foe repeats and delays, but nothing is lost.
            server lock, open
            harm client is sure and wrong about lock
            ladder
              Client      Foe      Server
                (Client: PUT /lock "1", token 01)
                +--------(x3)-------->+   PUT /lock "1"
                +<------(30 ms)-------+   *
                (Client gives up)
            """);
    for (LabRun run : Lab.standard().only(scenario).run(transport, Lab.Progress.NONE).runs()) {
      assertThat(Runs.deeds(run)).as(String.join("\n", run.evidence())).hasSize(1);
      assertThat(Runs.lastBelief(run)).contains("lock locked");
      // Nothing was attacked, so nothing was withstood.
      assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.NOT_APPLICABLE);
      assertThat(run.isAsExpected()).isTrue();
    }
  }

  @Test
  void callsAnAttackThatCouldNotBeCarriedOutNotApplicable() {
    Scenario scenario =
        Runs.scenario(
            """
            figure vain
            title In vain
            draft none
            story Foe waits for a message that never comes.
            server lock, open
            patience 200 ms
            harm client is sure and wrong about lock
            ladder
              Client      Foe      Server
                (Client: GET /lock, token 01)
                +------------>@never |   DELETE /lock
                |       never@------>+   DELETE /lock
            """);
    LabRun run = Runs.play(scenario, "moat");
    assertThat(run.verdict())
        .isEqualTo(new Verdict.NotApplicable("Foe could not hold \"never\": it was never sent"));
    assertThat(Runs.of(run, Entry.Kind.FOE)).anyMatch(text -> text.startsWith("waited in vain"));
  }

  @Test
  void choosesFiguresWithTheirVariantsAndFamiliesOfStacks() {
    assertThat(Lab.standard().figure("10").scenarios())
        .extracting(Scenario::id)
        .containsExactly("10", "10-proximity");
    assertThat(Lab.standard().stack("rfc9175").stacks()).hasSize(4);
    assertThat(Lab.standard().stack("moat").stacks())
        .as("a name of its own is no family")
        .extracting(StackUnderTest::name)
        .containsExactly("moat");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lab.standard().figure("11"))
        .withMessageContaining("no figure 11; there are 1, 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lab.standard().stack("dtls"))
        .withMessageContaining("no stack dtls; there are rfc7252");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lab.standard().figure("edhoc-mitm").stack("oscore"))
        .withMessageContaining("attacks on handshakes are for stacks that have one");
  }

  @Test
  void choosesTransports() {
    assertThat(Lab.matrix().columns()).hasSize(18);
    assertThat(Lab.all().columns()).hasSize(18 + 6);
    assertThat(Lab.matrix().transport("tls").columns())
        .extracting(Column::name)
        .containsExactly("rfc7252 over tls", "moat over tls");
    assertThat(Lab.matrix().transport("tcp").stack("oscore").columns())
        .extracting(Column::name)
        .containsExactly("oscore over tcp");
    assertThat(Lab.standard().over(Transport.VIRTUAL).transports())
        .containsExactly(Transport.VIRTUAL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lab.matrix().transport("quic"))
        .withMessageContaining(
            "no transport quic; there are udp, dtls-psk, dtls-x509-cid, tls, tcp, wss");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lab.all().transport("tls").figure("edhoc-mitm"))
        .withMessageContaining("nothing to play");
  }

  @Test
  void doesNotTrustARunThatDidNotGoAsDrawn() {
    Scenario scenario =
        Runs.scenario(
            """
            figure late
            title Too late
            draft none
            story Foe waits for a message that never comes, and the client believes what is not so.
            server lock, open
            client believes lock locked
            patience 100 ms
            harm client is sure and wrong about lock
            ladder
              Client      Foe      Server
                (Client: GET /nowhere, token 01)
                +-------->X          |   DELETE /lock
                (Client gives up)
            """);
    AtomicInteger told = new AtomicInteger();
    LabRun run =
        Lab.standard()
            .only(scenario)
            .stack("rfc7252")
            .run((one, done, total) -> told.incrementAndGet())
            .runs()
            .get(0);
    assertThat(run.verdict())
        .isEqualTo(
            new Verdict.NotApplicable(
                "could not be played as drawn: Foe waited in vain for DELETE /lock"));
    assertThat(told).as("told once, when nothing is tried again").hasValue(1);
  }

  @Test
  void tellsWhenAVerdictIsNotTheExpectedOne() {
    Expectation echo = new Expectation(Verdict.Kind.WITHSTOOD, "echo", "why");
    assertThat(echo.isMetBy(new Verdict.Withstood(Mechanism.ECHO))).isTrue();
    assertThat(echo.isMetBy(new Verdict.Withstood(Mechanism.TOKENS))).isFalse();
    assertThat(echo.isMetBy(new Verdict.Succeeded("harm"))).isFalse();
    LabRun surprise = surprise();
    LabResult result =
        new LabResult(List.of(surprise.scenario()), List.of(surprise.column()), List.of(surprise));
    assertThat(result.isAsExpected()).isFalse();
    assertThat(result.surprises()).containsExactly(surprise);
  }

  /** Planted faults: endpoints that lack just what the column's name promises. */
  @ParameterizedTest
  @CsvSource({
    "rfc7252, moat, 1 2 3 4 5 6 7 8 9 amplification",
    // Responses that nobody verifies, and tokens that come again.
    "rfc7252, oscore, 5 6 7",
    "oscore, oscore:window-1, 4 8 9",
    "oscore, moat:oscore, 1 2 3 4 5 6 7 8 9 amplification"
  })
  void seesThroughAStackThatOnlyClaimsToWithstand(String real, String claimed, String figures) {
    StackUnderTest impostor = new Impostor(claimed, Lab.standard().stack(real).stacks().get(0));
    LabResult result = Lab.standard().only(impostor).run(Transport.VIRTUAL, Lab.Progress.NONE);
    assertThat(result.surprises())
        .extracting(run -> run.scenario().id())
        .containsExactly(figures.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"moat", "oscore"})
  void findsThatEveryAttackSucceedsOnAnImpostorWithoutRemedies(String claimed) {
    StackUnderTest impostor =
        new Impostor(claimed, Lab.standard().stack("rfc7252").stacks().get(0));
    assertThat(Lab.standard().only(impostor).run(Transport.VIRTUAL, Lab.Progress.NONE).surprises())
        .isNotEmpty()
        .allSatisfy(run -> assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED));
  }

  static LabRun surprise() {
    LabRun run = Runs.of("3", "moat");
    return new LabRun(
        run.scenario(),
        run.column(),
        new Verdict.Succeeded("planted"),
        Optional.of(new Expectation(Verdict.Kind.WITHSTOOD, "echo", "because")),
        run.trace());
  }

  @Test
  void refusesATableOfExpectationsThatIsNotOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expectations.parse("# comment\n3 | moat | withstood\n"))
        .withMessageContaining("line 2: expected figure | stacks | transports | verdict");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expectations.parse("3 | moat | udp | won | - | why\n"))
        .withMessageContaining("line 1: expected succeeded, withstood");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expectations.parse("3 | moat | udp, quic | detected | - | why\n"))
        .withMessageContaining("line 1: expected a transport, but there is no transport quic");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expectations.parse("3 | a, a | udp | detected | - | why\n"))
        .withMessageContaining("once, but a over udp came before");
  }
}
