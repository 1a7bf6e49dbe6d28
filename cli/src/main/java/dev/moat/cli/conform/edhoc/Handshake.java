package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.edhoc.EdhocException;

/**
 * Runs both sides of a trace. Each gets the stated messages of the other, not the ones that the
 * other made, and each message that is made must be the stated one.
 */
final class Handshake {
  private final Trace trace;
  private final Findings findings;
  private String step = "message_1";

  Handshake(Trace trace, Findings findings) {
    this.trace = trace;
    this.findings = findings;
  }

  /** Runs all messages; false when one was refused. */
  boolean run(TracedInitiator initiator, TracedResponder responder) {
    try {
      Bytes message1 = sent("message_1", initiator.message1());
      Bytes message2 = sent("message_2", responder.message2(message1));
      Bytes message3 = sent("message_3", initiator.message3(message2));
      responder.message3(message3);
      if (trace.hasMessage4()) {
        initiator.message4(sent("message_4", responder.message4()));
      }
      return true;
    } catch (EdhocException refused) {
      findings.problem(step + " is refused with " + refused.reason());
      return false;
    }
  }

  /** What goes to the other side: as stated, or as made where the trace does not say. */
  private Bytes sent(String name, Bytes made) {
    step = name;
    findings.asStated(name, trace.values(), made);
    return Json.optional(trace.values(), name).orElse(made);
  }
}
