package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.auth.KeyUse;

/**
 * A message that arrives in the middle of a handshake, forged or not: a run of production has taken
 * the messages before it, then it arrives, and the outcome must be the stated one.
 */
public final class ForgedCase implements CaseRunner {
  private final JsonNode root;
  private final Primitives primitives;

  /** The cases of a file, which may state the handshake; else it is RFC 9529, Section 3. */
  public ForgedCase(JsonNode root, Primitives primitives) {
    this.root = root;
    this.primitives = primitives;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    try {
      Trace trace = KnownTrace.of(testCase, root);
      String expected = Json.text(testCase, "expected");
      Outcome outcome = arrive(testCase, trace, KeyUse.OSCORE, findings);
      switch (expected) {
        case "accept" -> findings.same("outcome", "accepted", outcome.word());
        case "reject" -> refused(testCase, outcome, 1, findings);
        case "error-2" -> refused(testCase, outcome, 2, findings);
        case "error" -> aborted(outcome, findings);
        case "check" -> findings.note("either is right, here " + outcome.word());
        case "reject-if-oscore" -> {
          refused(testCase, outcome, 1, findings);
          Outcome other = arrive(testCase, trace, KeyUse.OTHER, findings);
          findings.same("outcome when the keys are not for OSCORE", "accepted", other.word());
        }
        default -> findings.problem("expected is '" + expected + "'");
      }
    } catch (CoseException e) {
      findings.problem("a credential is refused with " + e.reason());
    }
  }

  private Outcome arrive(JsonNode testCase, Trace trace, KeyUse use, Findings findings)
      throws CoseException {
    String role = Json.text(testCase, "role_under_test");
    RunUnderTest run = new RunUnderTest(trace, primitives, use, findings);
    return switch (role) {
      case "Initiator" -> run.initiator(testCase);
      case "Responder" -> run.responder(testCase);
      default -> throw new IllegalArgumentException("role_under_test is '" + role + "'");
    };
  }

  /** An error message goes back, with this code unless the case states the whole message. */
  private static void refused(JsonNode testCase, Outcome outcome, int code, Findings findings) {
    findings.same("outcome", "refused", outcome.word());
    if (testCase.path("error_message").isTextual()) {
      findings.same(
          "error_message", Json.optional(testCase, "error_message"), outcome.errorMessage());
    } else {
      findings.same("ERR_CODE", code, outcome.errorCode());
    }
  }

  /** An error message ends the session, and is not answered (RFC 9528, Section 6). */
  private static void aborted(Outcome outcome, Findings findings) {
    if (outcome.word().equals("accepted") || outcome.word().equals("tried again")) {
      findings.problem("the session goes on: " + outcome.word());
    }
    if (outcome.errorMessage().isPresent()) {
      findings.problem("the error message is answered with one");
    }
  }
}
