package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cose.CoseException;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.EdhocException;

/** A small rule of EDHOC's encoding: both directions of the codec are compared with it. */
public final class CodecExampleCase implements CaseRunner {
  private final Primitives primitives;

  /** Uses {@code primitives} where a rule needs a hash or a curve. */
  public CodecExampleCase(Primitives primitives) {
    this.primitives = primitives;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    try {
      compare(testCase, findings);
    } catch (EdhocException e) {
      findings.problem("refused with " + e.reason());
    } catch (CoseException e) {
      findings.problem("refused with " + e.reason());
    }
  }

  private void compare(JsonNode testCase, Findings findings) throws EdhocException, CoseException {
    String kind = Json.text(testCase, "kind");
    switch (kind) {
      case "connection-identifier" -> IdentifierExamples.identifier(testCase, findings);
      case "table" -> IdentifierExamples.table(testCase, findings);
      case "id-cred-compact" -> IdentifierExamples.compact(testCase, findings);
      case "ead" -> MessageExamples.ead(testCase, findings);
      case "message_1-parse" -> MessageExamples.message1(testCase, primitives, findings);
      case "suites" -> MessageExamples.suites(testCase, findings);
      case "error" -> MessageExamples.error(testCase, findings);
      case "negotiation" -> NegotiationExample.run(testCase, findings);
      case "point-decompression" -> CredentialExamples.point(testCase, findings);
      case "ccs-parse" -> CredentialExamples.claims(testCase, findings);
      case "cbor" -> CborExample.run(testCase, findings);
      default -> findings.notRun("examples of kind '" + kind + "' are not supported");
    }
  }
}
