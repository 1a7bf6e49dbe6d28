package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;

/** Compares a decoded message with the {@code decoded} object of a vector. */
final class DecodedFields {
  private DecodedFields() {}

  static void compare(JsonNode expected, Message message, Findings findings) {
    findings.same("version", expected.path("version").asInt(1), 1);
    findings.same("type", expected.path("type").asText(), message.type().name());
    findings.same("message_id", expected.path("message_id").asInt(-1), message.messageId());
    StreamMessage rest =
        new StreamMessage(message.code(), message.token(), message.options(), message.payload());
    compare(expected, rest, findings);
  }

  static void compare(JsonNode expected, StreamMessage message, Findings findings) {
    findings.same("code", expected.path("code").asText(), message.code().toString());
    findings.same("token", expected.path("token").asText(), message.token().toHex());
    findings.same("payload", expected.path("payload").asText(), message.payload().toHex());
    JsonNode options = expected.path("options");
    findings.same("number of options", options.size(), message.options().size());
    for (int i = 0; i < Math.min(options.size(), message.options().size()); i++) {
      option("option " + (i + 1), options.get(i), message.options().at(i), findings);
    }
  }

  private static void option(String what, JsonNode expected, Option option, Findings findings) {
    findings.same(what + " number", expected.path("number").asInt(-1), option.number());
    Bytes value = option.value();
    findings.same(what + " value", expected.path("value").asText(), value.toHex());
    if (expected.has("text")) {
      findings.same(what + " text", expected.path("text").asText(), value.toUtf8());
    }
    if (expected.has("uint")) {
      findings.same(what + " uint", expected.path("uint").asLong(-1), value.toUint());
    }
    if (expected.has("block")) {
      block(what, expected.path("block"), BlockOption.parse(value), findings);
    }
  }

  private static void block(String what, JsonNode expected, BlockOption block, Findings findings) {
    findings.same(what + " block number", expected.path("num").asInt(-1), block.number());
    findings.same(what + " block more", expected.path("m").asInt(-1), block.more() ? 1 : 0);
    findings.same(what + " block size", expected.path("szx").asInt(-1), block.sizeExponent());
  }
}
