package dev.moat.edhoc.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.session.EdhocSession;
import java.time.Instant;

/** What steps are expected to be. */
final class Steps {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private Steps() {}

  static <T> T expect(Class<T> type, Object step) {
    assertThat(step).as(describe(step)).isInstanceOf(type);
    return type.cast(step);
  }

  static ResponderStep.SendMessage2 message2(ResponderStep step) {
    return expect(ResponderStep.SendMessage2.class, step);
  }

  static InitiatorStep.SendMessage3 message3(InitiatorStep step) {
    return expect(InitiatorStep.SendMessage3.class, step);
  }

  static ResponderStep.Completed completed(ResponderStep step) {
    return expect(ResponderStep.Completed.class, step);
  }

  static EdhocSession completed(InitiatorStep step) {
    return expect(InitiatorStep.Completed.class, step).session();
  }

  static void assertRejected(InitiatorStep step, Reason reason) {
    assertThat(expect(InitiatorStep.Rejected.class, step).why().reason()).isEqualTo(reason);
  }

  static void assertRejected(ResponderStep step, Reason reason) {
    assertThat(expect(ResponderStep.Rejected.class, step).why().reason()).isEqualTo(reason);
  }

  /** Both sides have one session: the same transcript, names and keys. */
  static void assertSame(EdhocSession initiator, EdhocSession responder) {
    assertThat(initiator.th4()).isEqualTo(responder.th4());
    assertThat(initiator.cI()).isEqualTo(responder.cI());
    assertThat(initiator.cR()).isEqualTo(responder.cR());
    assertThat(initiator.method()).isEqualTo(responder.method());
    assertThat(initiator.suite()).isEqualTo(responder.suite());
    assertThat(initiator.suitesI()).isEqualTo(responder.suitesI());
    assertThat(initiator.ownCredential()).isEqualTo(responder.peer().encoded());
    assertThat(responder.ownCredential()).isEqualTo(initiator.peer().encoded());
    assertThat(initiator.role()).isEqualTo(responder.role().other());
    assertThat(initiator.exporter(0, Bytes.empty(), 16))
        .isEqualTo(responder.exporter(0, Bytes.empty(), 16))
        .isNotEqualTo(responder.exporter(1, Bytes.empty(), 16));
  }

  private static String describe(Object step) {
    if (step instanceof InitiatorStep.Rejected rejected) {
      return "rejected for " + rejected.why().reason();
    }
    return step instanceof ResponderStep.Rejected rejected
        ? "rejected for " + rejected.why().reason()
        : step.toString();
  }
}
