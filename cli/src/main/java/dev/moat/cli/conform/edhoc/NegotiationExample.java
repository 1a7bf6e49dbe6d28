package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.SuitesField;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A negotiation of suites (RFC 9528, Section 6.3.2), step by step through the fields of the
 * messages: its suites need not exist.
 */
final class NegotiationExample {
  private final List<Integer> preferences;
  private final Findings findings;
  private int selected;
  private List<Integer> supported = List.of();

  private NegotiationExample(JsonNode testCase, Findings findings) {
    this.preferences = Integers.of(testCase.path("initiator_suites"));
    this.findings = findings;
    this.selected = firstSelected(testCase.path("steps"));
  }

  static void run(JsonNode testCase, Findings findings) throws EdhocException {
    NegotiationExample example = new NegotiationExample(testCase, findings);
    if (testCase.path("steps").isEmpty()) {
      findings.problem("no steps");
    }
    for (JsonNode step : testCase.path("steps")) {
      if (step.path("suites_i").isArray()) {
        example.offer(step);
      } else {
        example.answer(step);
      }
    }
  }

  /** What the Initiator tries first is its own choice. */
  private static int firstSelected(JsonNode steps) {
    JsonNode first = steps.path(0).path("suites_i");
    return first.path(first.size() - 1).asInt(-1);
  }

  private void offer(JsonNode step) {
    SuitesField suites = SuitesField.selecting(preferences, selected);
    findings.same("suites_i", Integers.of(step.path("suites_i")), suites.values());
    findings.asStated("suites_i_wire", step, MessageExamples.wire(suites));
    if (Json.text(step, "result").equals("accepted")) {
      findings.same("accepted suite", selected, suites.firstOf(supported).orElse(-1));
    }
  }

  /** The Responder answers with its suites, of which the Initiator takes the one it prefers. */
  private void answer(JsonNode step) throws EdhocException {
    supported = Integers.of(step.path("responder_supports"));
    SuitesField offered = SuitesField.selecting(preferences, selected);
    findings.same("selected suite is refused", true, offered.firstOf(supported).isEmpty());
    Bytes error = Json.octets(step, "error");
    EdhocError read = EdhocError.decode(error);
    findings.same("error encoded again", error, read.encoded());
    EdhocError sent = EdhocError.answerTo(Reason.WRONG_SUITE, new SuitesField(supported));
    findings.same("SUITES_R", suites(sent), suites(read));
    selected = new SuitesField(preferences).firstOf(supported).orElse(selected);
  }

  /** SUITES_R, whose order means nothing (Section 6.3). */
  private static Set<Integer> suites(EdhocError error) {
    return error instanceof EdhocError.WrongSuite wrong
        ? new TreeSet<>(wrong.suites().values())
        : Set.of();
  }
}
