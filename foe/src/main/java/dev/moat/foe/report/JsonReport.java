package dev.moat.foe.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.foe.lab.Expectation;
import dev.moat.foe.lab.LabResult;
import dev.moat.foe.lab.LabRun;

/**
 * The result as JSON: {@code
 * {"runs":[{"figure","stack","security","transport","verdict","expected","mechanism",
 * "evidence":[...]}]}}.
 */
public final class JsonReport {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  /** The text, in UTF-8 characters, with a line break at its end. */
  public static String of(LabResult result) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode runs = root.putArray("runs");
    result.runs().forEach(run -> add(runs.addObject(), run));
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of texts is always JSON", impossible);
    }
  }

  private static void add(ObjectNode node, LabRun run) {
    node.put("figure", run.scenario().id());
    node.put("title", run.scenario().title());
    node.put("stack", run.stack().name());
    node.put("security", run.column().security());
    node.put("transport", run.transport().word());
    node.put("verdict", run.verdict().kind().title());
    node.put("expected", run.expected().map(e -> e.kind().title()).orElse(""));
    node.put("asExpected", run.isAsExpected());
    node.put("mechanism", run.mechanism());
    node.put("reason", run.verdict().reason());
    node.put("why", run.expected().map(Expectation::why).orElse(""));
    ArrayNode evidence = node.putArray("evidence");
    run.evidence().forEach(evidence::add);
  }
}
