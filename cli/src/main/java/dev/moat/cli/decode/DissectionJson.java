package dev.moat.cli.decode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.words.OptionsJson;
import dev.moat.coap.codec.MessageFormatException.Reason;
import java.util.Optional;

/** A dissection for scripts. */
public final class DissectionJson {
  private DissectionJson() {}

  static ObjectNode of(
      Bytes message, WireFormat format, Dissection dissection, Optional<InnerMessage> inner) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("wellFormed", dissection.fault().isEmpty());
    root.put("octets", message.length());
    ArrayNode fields = root.putArray("fields");
    dissection.fields().forEach(field -> fields.add(field(field)));
    ArrayNode remarks = root.putArray("remarks");
    dissection.remarks().forEach(remarks::add);
    dissection.fault().ifPresent(fault -> root.set("error", fault(fault, format.refusal(message))));
    inner.ifPresent(one -> root.set("inner", inner(one)));
    return root;
  }

  /** An EDHOC message. */
  public static ObjectNode of(Bytes message, EdhocMessageKind kind, Dissection dissection) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("message", kind.words());
    root.put("wellFormed", dissection.fault().isEmpty());
    root.put("octets", message.length());
    root.put("hex", message.toHex());
    ArrayNode fields = root.putArray("fields");
    dissection.fields().forEach(field -> fields.add(field(field)));
    dissection
        .fault()
        .ifPresent(
            fault ->
                root.putObject("error")
                    .put("offset", fault.offset())
                    .put("rule", fault.rule())
                    .put("reference", fault.reference()));
    return root;
  }

  private static ObjectNode inner(InnerMessage inner) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("code", inner.code().toString());
    node.set("options", OptionsJson.of(inner.options()));
    return node.put("payload", inner.payload().toHex());
  }

  private static ObjectNode field(Field field) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("offset", field.offset());
    node.put("octets", field.octets().toHex());
    node.put("name", field.name().strip());
    node.put("meaning", field.meaning());
    return node.put("reference", field.reference());
  }

  private static ObjectNode fault(Fault fault, Optional<Reason> reason) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("offset", fault.offset());
    reason.ifPresent(one -> node.put("reason", one.label()));
    node.put("rule", fault.rule());
    return node.put("reference", fault.reference());
  }
}
