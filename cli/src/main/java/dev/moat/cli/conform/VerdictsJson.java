package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The verdicts of a run, for scripts. */
final class VerdictsJson {
  private VerdictsJson() {}

  static ObjectNode of(Verdicts verdicts) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("passed", verdicts.passed());
    root.put("cases", verdicts.cases());
    root.put("failures", verdicts.failures());
    root.put("casesNotRun", verdicts.casesNotRun());
    ArrayNode missing = root.putArray("missingKinds");
    verdicts.missingKinds().forEach(missing::add);
    ArrayNode files = root.putArray("files");
    verdicts.files().forEach(file -> files.add(file(file)));
    return root;
  }

  private static ObjectNode file(Verdicts.OfFile file) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", file.name());
    node.put("kind", file.kind());
    node.put("passed", file.passed());
    if (!file.refusal().isEmpty()) {
      node.put("notRun", file.refusal());
    }
    ArrayNode cases = node.putArray("cases");
    for (Verdicts.OfCase one : file.cases()) {
      ObjectNode entry = cases.addObject();
      entry.put("id", one.id()).put("passed", one.passed());
      if (!one.ran()) {
        entry.put("notRun", one.notRun());
      }
      if (!one.notes().isEmpty()) {
        one.notes().forEach(entry.putArray("notes")::add);
      }
      ArrayNode problems = entry.putArray("problems");
      one.problems().forEach(problems::add);
    }
    return node;
  }
}
