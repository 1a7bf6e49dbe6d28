package dev.moat.cli.edhoc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Style;
import dev.moat.cli.console.Terminal;
import dev.moat.cli.decode.Dissection;
import dev.moat.cli.decode.DissectionJson;
import dev.moat.cli.decode.DissectionText;
import dev.moat.cli.decode.EdhocDissector;
import dev.moat.cli.words.CodeWords;
import java.util.List;
import java.util.Optional;

/**
 * Tells of a handshake with a server.
 *
 * @param run what it was
 */
record RemoteReport(RemoteRun.Report run) {
  /** For people. */
  void print(Console console) {
    DissectionText text = new DissectionText(console);
    for (SeenMessage message : run.messages()) {
      console.result(message.sent() ? "sent:" : "received:");
      text.print(message.octets(), message.kind(), dissection(message));
      inside(message).forEach(line -> console.result("  inside: " + line));
      console.result("");
    }
    console.result(Style.GOOD.on(run.agreement().line(), Terminal.colouredOut()));
    run.agreement().secrets().forEach(console::result);
    console.result(
        "GET "
            + run.uri()
            + " under OSCORE: "
            + CodeWords.name(run.response().code())
            + ", "
            + CodeWords.octets(run.response().payload().length()));
  }

  /** For scripts. */
  ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("complete", run.agreement().line());
    ArrayNode messages = root.putArray("messages");
    for (SeenMessage message : run.messages()) {
      ObjectNode node = DissectionJson.of(message.octets(), message.kind(), dissection(message));
      node.put("sent", message.sent());
      inside(message).forEach(node.withArray("inside")::add);
      messages.add(node);
    }
    if (!run.agreement().secrets().isEmpty()) {
      run.agreement().secrets().forEach(root.withArray("secrets")::add);
    }
    root.put("uri", run.uri());
    return root.put("code", run.response().code().toString());
  }

  private Dissection dissection(SeenMessage message) {
    return EdhocDissector.dissect(
        message.octets(), 0, message.kind(), Optional.of(run.agreement().suite()));
  }

  private List<String> inside(SeenMessage message) {
    return switch (message.kind()) {
      case MESSAGE_2 -> run.agreement().inside2();
      case MESSAGE_3 -> run.agreement().inside3();
      default -> List.of();
    };
  }
}
