package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import java.util.List;
import java.util.Set;

/** The first message_1 of a trace, whose suite the Responder refuses (RFC 9528, Section 6.3). */
final class NegotiatedSuite {
  private NegotiatedSuite() {}

  /** Does nothing when the trace has no negotiation. */
  static void compare(Trace trace, Primitives primitives, Findings findings) {
    JsonNode negotiation = trace.stated().path("negotiation");
    if (negotiation.isObject()) {
      List<Integer> supported = Integers.of(negotiation.path("responder_supported_suites"));
      try {
        refuse(negotiation, trace, primitives, supported, findings);
        retry(negotiation, trace, supported, findings);
      } catch (EdhocException e) {
        findings.problem("negotiation: refused with " + e.reason());
      }
    }
  }

  /**
   * The Responder looks at the suite before it looks at G_X, which in RFC 9529 is of another curve:
   * no Initiator makes such a message, so that it is only read.
   */
  private static void refuse(
      JsonNode negotiation,
      Trace trace,
      Primitives primitives,
      List<Integer> supported,
      Findings findings)
      throws EdhocException {
    JsonNode first = negotiation.path("message_1_first");
    Bytes octets = Json.octets(first, "message_1");
    Message1 message = Message1.decode(octets);
    findings.same("first message_1 encoded again", octets, message.encoded());
    findings.asStated("G_X", first, message.gX());
    findings.asStated("C_I", first, message.cI().bytes());
    findings.asStated("SUITES_I_cbor", first, MessageExamples.wire(message.suites()));
    List<CipherSuite> suites = supported.stream().map(CipherSuites.standard()::require).toList();
    try {
      var unused =
          new ResponderStart(primitives, suites, Set.of(trace.method()), KeyUse.OSCORE)
              .receive(octets);
      findings.problem("the first message_1 is not refused");
    } catch (EdhocException refused) {
      findings.same("refused for", Reason.WRONG_SUITE, refused.reason());
      EdhocError error = EdhocError.answerTo(refused.reason(), new SuitesField(supported));
      findings.asStated("error_message", negotiation, error.encoded());
    }
  }

  /** The Initiator takes that one of its suites which the error message lets it prefer. */
  private static void retry(
      JsonNode negotiation, Trace trace, List<Integer> supported, Findings findings)
      throws EdhocException {
    EdhocError error = EdhocError.decode(Json.octets(negotiation, "error_message"));
    findings.same(
        "SUITES_R",
        supported,
        error instanceof EdhocError.WrongSuite wrong ? wrong.suites().values() : List.of());
    List<Integer> preferences = trace.suites().values();
    int selected = trace.suites().firstOf(supported).orElse(-1);
    findings.same("selected suite", trace.suites().selected(), selected);
    if (selected >= 0) {
      findings.same("SUITES_I", trace.suites(), SuitesField.selecting(preferences, selected));
    }
  }
}
