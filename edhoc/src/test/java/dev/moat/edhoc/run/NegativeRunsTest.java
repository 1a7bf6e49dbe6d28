package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.Trace;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.testkit.Seeded;
import dev.moat.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every malformed or forged message of the vectors gets its outcome, and ends no session. */
class NegativeRunsTest {
  private static final Trace TRACE = Trace.named("rfc9529-3");
  private static final TraceParty INITIATOR = new TraceParty(TRACE, Role.INITIATOR);
  private static final TraceParty RESPONDER = new TraceParty(TRACE, Role.RESPONDER);

  private final RandomSource random = Seeded.random();

  /** One message. */
  record Case(JsonNode node) {
    String text(String field) {
      return node.path(field).asText();
    }

    Bytes value() {
      return Bytes.hex(text("value"));
    }

    boolean accepted() {
      return text("expected").equals("accept");
    }

    Optional<Bytes> errorMessage() {
      return Optional.of(text("error_message")).filter(hex -> !hex.isEmpty()).map(Bytes::hex);
    }

    @Override
    public String toString() {
      return text("id") + ": " + text("why");
    }
  }

  static List<Case> cases() {
    return Vectors.load("edhoc-negative.json", Case::new);
  }

  private static Stream<Case> of(String role, String message) {
    return cases().stream()
        .filter(one -> one.text("role_under_test").equals(role))
        .filter(one -> one.text("message").equals(message));
  }

  static Stream<Case> message1() {
    return of("Responder", "message_1");
  }

  static Stream<Case> message2() {
    return of("Initiator", "message_2");
  }

  static Stream<Case> message3() {
    return of("Responder", "message_3");
  }

  static Stream<Case> message4() {
    return of("Initiator", "message_4");
  }

  static Stream<Case> errors() {
    return of("Initiator", "error");
  }

  @Test
  void takesNoCaseForGranted() {
    assertThat(cases()).hasSize(52);
    long covered =
        Stream.of(message1(), message2(), message3(), message4(), errors())
            .mapToLong(Stream::count)
            .sum();
    assertThat(covered).isEqualTo(52);
  }

  @ParameterizedTest
  @MethodSource("message1")
  @Tag("LK-093")
  @Tag("LK-094")
  void judgesMessage1(Case one) {
    EdhocSettings settings = settings(RESPONDER, suites(one)).build();
    ResponderStep step =
        ResponderRun.receive(settings, one.value(), cI -> RESPONDER.connectionId(), random);
    if (one.accepted()) {
      assertThat(Steps.message2(step).run().cI()).isNotNull();
    } else {
      assertAnswer(one, Steps.expect(ResponderStep.Rejected.class, step).errorMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("message2")
  @Tag("LK-093")
  @Tag("LK-098")
  void judgesMessage2AndStillCompletesWithTheGenuineOne(Case one) {
    InitiatorRun run = initiator(KeyUse.OSCORE);
    InitiatorStep step = run.onMessage2(one.value(), NOW);
    if (one.accepted()) {
      assertThat(Steps.message3(step).session().isConfirmed()).isFalse();
      return;
    }
    assertAnswer(one, Steps.expect(InitiatorStep.Rejected.class, step).errorMessage());
    InitiatorStep genuine = run.onMessage2(TRACE.value("message_2"), NOW);
    assertThat(Steps.message3(genuine).message3()).isEqualTo(TRACE.value("message_3"));
  }

  @ParameterizedTest
  @MethodSource("message3")
  @Tag("LK-093")
  @Tag("LK-098")
  void judgesMessage3AndStillCompletesWithTheGenuineOne(Case one) {
    ResponderRun run = responder();
    ResponderStep step = run.onMessage3(one.value(), NOW);
    if (one.accepted()) {
      assertThat(Steps.completed(step).session().isConfirmed()).isTrue();
      return;
    }
    assertAnswer(one, Steps.expect(ResponderStep.Rejected.class, step).errorMessage());
    ResponderStep genuine = run.onMessage3(TRACE.value("message_3"), NOW);
    assertThat(Steps.completed(genuine).message4()).contains(TRACE.value("message_4"));
  }

  @ParameterizedTest
  @MethodSource("message4")
  @Tag("LK-098")
  void judgesMessage4(Case one) {
    InitiatorRun run = initiator(KeyUse.OSCORE);
    InitiatorStep.SendMessage3 sent = Steps.message3(run.onMessage2(TRACE.value("message_2"), NOW));
    InitiatorStep step = run.onMessage4(one.value());
    if (one.accepted()) {
      assertThat(Steps.completed(step)).isSameAs(sent.session());
      return;
    }
    assertAnswer(one, Steps.expect(InitiatorStep.Rejected.class, step).errorMessage());
    InitiatorStep genuine = run.onMessage4(TRACE.value("message_4"));
    if (one.text("id").equals("i4-critical")) {
      Steps.assertRejected(genuine, Reason.SESSION_ENDED); // it was from the peer itself
    } else {
      assertThat(Steps.completed(genuine).isConfirmed()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void neverAnswersAnError(Case one) {
    InitiatorRun run = initiator(KeyUse.OSCORE);
    InitiatorStep step = run.onMessage2(one.value(), NOW);
    if (step instanceof InitiatorStep.Rejected rejected) {
      assertThat(rejected.why().reason()).isEqualTo(Reason.NO_COMMON_SUITE);
      assertThat(rejected.errorMessage()).isEmpty();
    } else {
      assertThat(Steps.expect(InitiatorStep.PeerAborted.class, step).error().encoded())
          .isEqualTo(one.value());
    }
    assertThat(run.onError(one.value()).getClass()).isEqualTo(step.getClass());
  }

  @Test
  @Tag("LK-006")
  void acceptsEqualIdentifiersWhereTheKeysAreNotForOscore() {
    Case equal =
        cases().stream().filter(c -> c.text("id").equals("i-cr-equals-ci")).findFirst().get();
    Steps.assertRejected(
        initiator(KeyUse.OSCORE).onMessage2(equal.value(), NOW), Reason.SAME_CONNECTION_ID);
    InitiatorStep other = initiator(KeyUse.OTHER).onMessage2(equal.value(), NOW);
    assertThat(Steps.message3(other).session().cR().bytes()).isEqualTo(TRACE.value("C_I"));
  }

  private static void assertAnswer(Case one, Optional<Bytes> answer) {
    assertThat(answer).isPresent();
    if (one.errorMessage().isPresent()) {
      assertThat(answer).isEqualTo(one.errorMessage());
    } else {
      assertThat(answer.get().at(0)).isEqualTo(1);
    }
  }

  private InitiatorRun initiator(KeyUse use) {
    List<CipherSuite> suites = List.of(suite(6), suite(2));
    EdhocSettings settings = settings(INITIATOR, suites).use(use).build();
    return InitiatorRun.begin(
        settings, TRACE.method(), TRACE.suite(), INITIATOR.connectionId(), random);
  }

  private ResponderRun responder() {
    EdhocSettings settings = settings(RESPONDER, List.of(suite(2))).build();
    ResponderStep step =
        ResponderRun.receive(
            settings, TRACE.value("message_1"), cI -> RESPONDER.connectionId(), random);
    return Steps.message2(step).run();
  }

  /** Knows the credentials of both sides and no EAD label. */
  private static EdhocSettings.Builder settings(TraceParty party, List<CipherSuite> suites) {
    EdhocSettings trace = party.settings().build();
    PinnedCredentials peers =
        PinnedCredentials.of(TraceParty.CRYPTO, INITIATOR.credential(), RESPONDER.credential());
    return EdhocSettings.builder(trace.primitives(), suites, trace.methods())
        .identities(party.identity())
        .peers(peers)
        .message4();
  }

  private static List<CipherSuite> suites(Case one) {
    List<CipherSuite> suites = new ArrayList<>();
    one.node().path("responder_suites").forEach(value -> suites.add(suite(value.asInt())));
    return suites.isEmpty() ? List.of(suite(2)) : suites;
  }

  private static CipherSuite suite(int value) {
    return CipherSuites.standard().require(value);
  }
}
