package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.cli.conform.cases.Json;
import java.util.Optional;

/**
 * Forged and malformed OSCORE messages (RFC 8613, Sections 8.2 and 8.4), put to a real server and a
 * real client over loopback.
 */
final class NegativeCase implements CaseRunner {
  private final JsonNode root;

  /** The cases of a file. */
  NegativeCase(JsonNode root) {
    this.root = root;
  }

  @Override
  public void run(JsonNode testCase, Findings findings) {
    String role = Json.text(testCase, "role_under_test");
    switch (role) {
      case "server" -> server(testCase, findings);
      case "client" -> client(testCase, findings);
      default -> findings.problem("role_under_test is '" + role + "', neither server nor client");
    }
  }

  private void server(JsonNode testCase, Findings findings) {
    try (ServerUnderTest server = new ServerUnderTest(root.path("contexts"))) {
      String precondition = Json.text(testCase, "precondition");
      if (!precondition.isEmpty()) {
        JsonNode earlier = Json.named(root, precondition.replaceFirst("^after ", ""));
        Optional<VectorMessage> unused = server.send(Json.octets(earlier, "message"), 1);
      }
      Bytes message = Json.octets(testCase, "message");
      Optional<VectorMessage> answer = server.send(message, 2);
      if (answer.isEmpty()) {
        findings.problem("the server did not answer");
      } else {
        server.judge(Json.text(testCase, "expected"), message, answer.get(), findings);
      }
    }
  }

  private void client(JsonNode testCase, Findings findings) {
    Bytes message = Json.octets(testCase, "message");
    Bytes genuine = Json.octets(Json.named(root, "c-ok"), "message");
    try (ClientUnderTest client = new ClientUnderTest(root.path("contexts"))) {
      client.judge(Json.text(testCase, "expected"), message, genuine, findings);
    }
  }
}
