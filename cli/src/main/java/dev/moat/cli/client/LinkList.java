package dev.moat.cli.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Failure;
import dev.moat.cli.console.Style;
import dev.moat.cli.console.Terminal;
import dev.moat.cli.words.Printable;
import dev.moat.coap.link.Link;
import dev.moat.coap.link.LinkFormat;
import dev.moat.coap.link.LinkFormatException;
import java.util.List;

/**
 * Prints links (RFC 6690).
 *
 * @param console where to print
 * @param json true for scripts
 */
record LinkList(Console console, boolean json) {
  void print(Target asked, Bytes payload) {
    List<Link> links = parse(payload);
    if (json) {
      console.result(object(asked, links).toPrettyString());
      return;
    }
    links.forEach(this::line);
    if (links.isEmpty()) {
      console.note("no link matches");
    }
  }

  private static List<Link> parse(Bytes payload) {
    try {
      return LinkFormat.parse(payload.toUtf8());
    } catch (LinkFormatException e) {
      throw new Failure(
          "the server's list of links is malformed: " + e.getMessage(),
          "See it as it is with: moat get coap://HOST/.well-known/core",
          e);
    }
  }

  private void line(Link link) {
    StringBuilder line = new StringBuilder();
    line.append(Style.STRONG.on(Printable.of(link.target()), Terminal.colouredOut()));
    for (Link.Attribute attribute : link.attributes()) {
      line.append("  ").append(attribute.name());
      attribute.value().ifPresent(value -> line.append('=').append(Printable.of(value)));
    }
    console.result(line.toString());
  }

  private static ObjectNode object(Target asked, List<Link> links) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("uri", asked.uri());
    root.put("outcome", "responded");
    ArrayNode list = root.putArray("links");
    for (Link link : links) {
      ObjectNode entry = list.addObject();
      entry.put("target", link.target());
      ObjectNode attributes = entry.putObject("attributes");
      link.attributes().forEach(a -> attributes.put(a.name(), a.value().orElse("")));
    }
    return root;
  }
}
