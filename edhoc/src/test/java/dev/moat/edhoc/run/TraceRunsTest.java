package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.Trace;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every trace, octet by octet, in both roles. Signatures are deterministic here as there. */
class TraceRunsTest {
  private final RandomSource random = Seeded.random();

  static Stream<Trace> traces() {
    return Trace.all();
  }

  @Test
  void takesNoTraceForGranted() {
    assertThat(Trace.published()).hasSize(2);
    assertThat(Trace.derived()).hasSize(21);
  }

  @ParameterizedTest
  @MethodSource("traces")
  @Tag("LK-002")
  @Tag("LK-026")
  @Tag("LK-027")
  void initiatesTheTrace(Trace trace) {
    InitiatorRun run = initiator(trace);
    assertThat(run.message1()).isEqualTo(trace.value("message_1"));
    InitiatorStep.SendMessage3 sending =
        Steps.message3(run.onMessage2(trace.value("message_2"), NOW));
    assertThat(sending.message3()).isEqualTo(trace.value("message_3"));
    assertThat(sending.session().isConfirmed()).isFalse();
    EdhocSession session = Steps.completed(run.onMessage4(trace.value("message_4")));
    assertThat(session.isConfirmed()).isTrue();
    assertKeys(trace, session, Role.INITIATOR);
  }

  @ParameterizedTest
  @MethodSource("traces")
  @Tag("LK-002")
  @Tag("LK-026")
  @Tag("LK-027")
  void respondsInTheTrace(Trace trace) {
    ResponderStep.SendMessage2 sending = responder(trace, trace.value("message_1"));
    assertThat(sending.message2()).isEqualTo(trace.value("message_2"));
    ResponderStep.Completed completed =
        Steps.completed(sending.run().onMessage3(trace.value("message_3"), NOW));
    assertThat(completed.message4()).contains(trace.value("message_4"));
    assertKeys(trace, completed.session(), Role.RESPONDER);
  }

  private InitiatorRun initiator(Trace trace) {
    TraceParty party = new TraceParty(trace, Role.INITIATOR);
    return InitiatorRun.begin(
        party.settings().build(), trace.method(), trace.suite(), party.connectionId(), random);
  }

  private ResponderStep.SendMessage2 responder(Trace trace, Bytes message1) {
    TraceParty party = new TraceParty(trace, Role.RESPONDER);
    return Steps.message2(
        ResponderRun.receive(
            party.settings().build(), message1, cI -> party.connectionId(), random));
  }

  private static void assertKeys(Trace trace, EdhocSession session, Role role) {
    assertThat(session.role()).isEqualTo(role);
    assertThat(session.th4().value()).isEqualTo(trace.value("TH_4"));
    assertThat(session.prkOutForStorage()).isEqualTo(trace.secret("PRK_out"));
    assertThat(session.cI().bytes()).isEqualTo(trace.value("C_I"));
    assertThat(session.cR().bytes()).isEqualTo(trace.value("C_R"));
    int octets = session.suite().applicationAead().keyOctets();
    assertThat(session.exporter(0, Bytes.empty(), octets))
        .isEqualTo(trace.secret("OSCORE_Master_Secret"));
    session.keyUpdate(trace.value("KeyUpdate_context"));
    assertThat(session.exporter(0, Bytes.empty(), octets))
        .isEqualTo(trace.secret("OSCORE_Master_Secret_after_KeyUpdate"));
  }
}
