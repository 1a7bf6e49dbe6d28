package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import dev.moat.cli.edn.CborItems;
import dev.moat.cli.edn.EdnException;
import dev.moat.cli.edn.EdnReader;

/** Diagnostic notation, such as {@code << { 4 : h'' } >>}, and what it encodes to. */
final class CborExample {
  private static final String VERB = " encodes to";

  private CborExample() {}

  static void run(JsonNode testCase, Findings findings) {
    String sentence = Json.text(testCase, "description");
    int end = sentence.indexOf(VERB);
    if (end < 0) {
      findings.notRun("a description that does not say what '" + VERB.strip() + "' what");
      return;
    }
    Bytes wire = Json.octets(testCase, "wire");
    try {
      findings.same("wire", wire, EdnReader.read(sentence.substring(0, end)).encoded());
      findings.same("wire encoded again", wire, CborItems.read(wire).encoded());
    } catch (EdnException e) {
      findings.problem("the notation is not read: " + e.getMessage());
    } catch (CborException e) {
      findings.problem("wire is refused with " + e.reason());
    }
  }
}
