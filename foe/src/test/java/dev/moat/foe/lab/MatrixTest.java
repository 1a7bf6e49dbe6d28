package dev.moat.foe.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.service.EventSink;
import dev.moat.foe.judge.Verdict;
import dev.moat.foe.path.Transport;
import dev.moat.foe.relay.StreamField;
import dev.moat.foe.run.Play;
import dev.moat.foe.run.Run;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import dev.moat.foe.trace.Entry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The draft's figures over every transport, on real sockets. */
@Timeout(240)
class MatrixTest {
  private static final Transport[] DTLS = {Transport.DTLS_PSK, Transport.DTLS_X509_CID};
  private static final Transport[] CONNECTIONS = {Transport.TLS, Transport.TCP, Transport.WSS};
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static Duration took = Duration.ZERO;
  private static final LabResult ALL = played();

  private static LabResult played() {
    long start = System.nanoTime();
    LabResult result = Lab.matrix().run(Lab.Progress.NONE);
    took = Duration.ofNanos(System.nanoTime() - start);
    return result;
  }

  private static LabRun of(String figure, String stack, Transport transport) {
    return ALL.runs().stream()
        .filter(run -> run.scenario().id().equals(figure))
        .filter(run -> run.stack().name().equals(stack) && run.transport() == transport)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<LabRun> each(String figures, String stack, Transport... transports) {
    return Arrays.stream(figures.split(" "))
        .flatMap(figure -> Arrays.stream(transports).map(t -> of(figure, stack, t)));
  }

  private static void assertSucceeded(LabRun run) {
    assertThat(run.verdict().kind())
        .as(String.join("\n", run.evidence()))
        .isEqualTo(Verdict.Kind.SUCCEEDED);
  }

  private static void assertWithstood(LabRun run, String mechanism) {
    assertThat(run.verdict().kind() + " " + run.mechanism())
        .as(String.join("\n", run.evidence()))
        .isEqualTo(Verdict.Kind.WITHSTOOD + " " + mechanism);
  }

  @Test
  void comesToWhatTheDraftAndTheRfcsPredictInUnderTwoMinutes() {
    assertThat(ALL.runs()).hasSize(18 * 11);
    assertThat(ALL.surprises()).extracting(LabRun::evidence).isEmpty();
    assertThat(ALL.runs()).allMatch(run -> run.expected().isPresent());
    assertThat(took).isLessThan(LIMIT);
  }

  @Test
  void saysForEveryCellWhichSentencePredictsIt() {
    assertThat(ALL.runs())
        .filteredOn(run -> run.transport() != Transport.UDP)
        .allSatisfy(
            run ->
                assertThat(run.expected().orElseThrow().why())
                    .containsPattern("\"[^\"]{20,}\" \\((draft|RFC \\d{4}), \\d"));
  }

  @Test
  @Tag("AT-05")
  @Tag("AT-13")
  void letsAStaleRequestActOverEveryTransportUnlessItMustProveThatItIsFresh() {
    each("3", "rfc7252", DTLS).forEach(MatrixTest::assertSucceeded);
    each("3", "rfc7252", CONNECTIONS).forEach(MatrixTest::assertSucceeded);
    each("3", "oscore", Transport.DTLS_PSK, Transport.TCP).forEach(MatrixTest::assertSucceeded);
    each("3", "moat", DTLS).forEach(run -> assertWithstood(run, "echo"));
    each("3", "moat", CONNECTIONS).forEach(run -> assertWithstood(run, "echo"));
    assertWithstood(of("3", "moat:oscore", Transport.DTLS_PSK), "echo");
    assertWithstood(of("3", "moat:oscore", Transport.TCP), "replay-window");
  }

  @Test
  @Tag("AT-14")
  void letsAStaleRequestOvertakeInsideOfTheReplayWindowOfDtls() {
    each("4", "rfc7252", DTLS)
        .forEach(
            run -> {
              assertSucceeded(run);
              assertThat(Runs.deeds(run))
                  .extracting(text -> text.substring(text.indexOf("now ")))
                  .containsExactly("now open", "now locked", "now open");
            });
    each("4", "moat", DTLS).forEach(run -> assertWithstood(run, "echo"));
  }

  @Test
  @Tag("AT-24")
  @Tag("AT-25")
  @Tag("AT-26")
  @Tag("AT-27")
  @Tag("AT-30")
  void deceivesWhoeverUsesTokensAgainUnderDtlsAndTls() {
    each("5 6 7", "rfc7252", DTLS).forEach(MatrixTest::assertSucceeded);
    each("5 6 7", "rfc7252", CONNECTIONS).forEach(MatrixTest::assertSucceeded);
    each("5 6 7", "moat", DTLS).forEach(run -> assertWithstood(run, "tokens"));
    each("5 6 7", "moat", CONNECTIONS).forEach(run -> assertWithstood(run, "tokens"));
    each("5 6 7", "oscore", Transport.DTLS_PSK, Transport.TCP)
        .forEach(run -> assertWithstood(run, "binding"));
  }

  @Test
  @Tag("AT-28")
  void isNotStoppedByMessageIdsNobodyHasOnAConnection() {
    assertThat(Runs.messages(of("5", "rfc7252", Transport.TCP), Entry.Mark.RELEASED))
        .singleElement()
        .asString()
        .startsWith("T=77 2.04");
  }

  @Test
  @Tag("AT-29")
  void ignoresAnAnswerToWhatIsOver() {
    assertThat(Runs.of(of("5", "moat", Transport.TCP), Entry.Kind.STACK))
        .anyMatch(text -> text.contains("UNKNOWN_TOKEN"));
  }

  @Test
  @Tag("AT-31")
  void mixesTheBlocksOfTwoOperationsUnderDtls() {
    each("8 9", "rfc7252", DTLS).forEach(MatrixTest::assertSucceeded);
    each("8 9", "oscore", Transport.DTLS_PSK).forEach(MatrixTest::assertSucceeded);
    each("8 9", "moat", DTLS).forEach(run -> assertWithstood(run, "request-tag"));
    each("8 9", "moat:oscore", Transport.DTLS_PSK)
        .forEach(run -> assertWithstood(run, "request-tag"));
  }

  @Test
  @Tag("AT-14")
  @Tag("AT-42")
  void cannotBePlayedWhereNothingOvertakes() {
    Stream.of("rfc7252", "moat")
        .flatMap(stack -> each("4 8 9", stack, CONNECTIONS))
        .forEach(
            run ->
                assertThat(run.verdict().reason())
                    .contains("nothing overtakes on an ordered transport"));
  }

  /** What is left of figure 8 there: stalled, and then all of it in its order. */
  @Test
  @Tag("AT-42")
  void joinsNoBlocksOfTwoOperationsOverTcpEvenWithoutRequestTag() {
    Scenario scenario =
        Runs.scenario(
            """
            figure ordered
            title Stalled blocks
            draft 2.4.1
            story Foe stalls the block with "valjean", and all that comes behind waits, too.
            server prison
            client sends blocks of 16
            harm server acts on what nobody asked
            ladder
              Client          Foe         Server
                (Client: POST /orders "incarcerate     valjean", token 61)
                +--------------------------->+    POST /orders "incarcerate" Block1 0/more
                +<---------------------------+    2.31
                +------------->@valjean      |    POST /orders "valjean" Block1 1/last
                (Client gives up)
                (Client: POST /orders "promote         javert", token 62)
                +------------->@promote      |    POST /orders "promote" Block1 0/more
                |       valjean@------------>+    POST /orders "valjean" Block1 1/last
                |       promote@------------>+    POST /orders "promote" Block1 0/more
                +--------------------------->+    POST /orders "javert" Block1 1/last
                (Client gives up)
            """);
    StackUnderTest bare = Lab.standard().stack("rfc7252").stacks().get(0);
    try (StreamField field = new StreamField(Transport.TCP, EventSink.NONE)) {
      Run run = Play.of(scenario, bare, field, 1);
      List<String> deeds =
          run.trace().stream()
              .filter(entry -> entry.kind() == Entry.Kind.SERVER)
              .map(Entry::text)
              .toList();
      assertThat(deeds)
          .as(run.trace().toString())
          .containsExactly(
              "executes POST /orders \"incarcerate valjean\": done",
              "executes POST /orders \"promote javert\": done");
    }
  }

  @Test
  @Tag("AT-13")
  void asksForSecurityWithoutAnExceptionWhereTheTransportHasSome() {
    assertThat(ALL.runs())
        .allSatisfy(
            run ->
                assertThat(Runs.of(run, Entry.Kind.STACK))
                    .as(run.column().name())
                    .noneMatch(
                        text ->
                            text.contains("without security: configured for tests")
                                && run.transport().isSecured()));
    assertThat(Runs.of(of("3", "rfc7252", Transport.TCP), Entry.Kind.STACK))
        .anyMatch(text -> text.contains("without security: configured for tests"));
  }

  /** Planted faults: the judge notices an endpoint that lacks what the column's name promises. */
  @ParameterizedTest
  @CsvSource({
    "rfc7252, moat, dtls-psk, 1 2 3 4 5 6 7 8 9",
    "rfc7252, moat, tls, 1 2 3 5 6 7",
    "rfc7252, oscore, tcp, 5 6 7"
  })
  void seesThroughAStackThatOnlyClaimsToWithstand(
      String real, String claimed, String transport, String figures) {
    StackUnderTest bare = Lab.standard().stack(real).stacks().get(0);
    LabResult result =
        Lab.matrix().transport(transport).only(new Impostor(claimed, bare)).run(Lab.Progress.NONE);
    assertThat(result.surprises())
        .extracting(run -> run.scenario().id())
        .containsExactly(figures.split(" "));
    assertThat(result.surprises())
        .allSatisfy(run -> assertThat(run.verdict().kind()).isEqualTo(Verdict.Kind.SUCCEEDED));
  }

  /** What Foe is shown of a protected hop names no method, code, path or token. */
  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"DTLS_PSK", "DTLS_X509_CID", "TLS", "WSS"})
  void showsFoeRecordsOnly(Transport transport) {
    Stream.of("rfc7252", "moat")
        .flatMap(stack -> each("2 3 5", stack, transport))
        .flatMap(run -> run.trace().stream())
        .filter(entry -> entry.arrow().isPresent())
        .map(entry -> entry.text().replaceAll(", taken for .*", ""))
        .forEach(text -> assertThat(text).matches("D?TLS \\w+[^\"/]*, \\d+ octets.*"));
    Optional<LabRun> withId =
        Optional.of(of("2", "moat", transport)).filter(r -> transport == Transport.DTLS_X509_CID);
    withId.ifPresent(
        run ->
            assertThat(Runs.messages(run, Entry.Mark.PASSED))
                .anyMatch(text -> text.contains("tls12_cid") && text.contains("CID=")));
  }
}
