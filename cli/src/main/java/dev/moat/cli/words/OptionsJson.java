package dev.moat.cli.words;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.Options;

/** Options for scripts. */
public final class OptionsJson {
  private OptionsJson() {}

  /** One object per option, in the order of {@code options}. */
  public static ArrayNode of(Options options) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Option option : options) {
      ObjectNode entry = list.addObject();
      entry.put("number", option.number());
      entry.put("name", OptionWords.name(option.number()));
      entry.put("value", option.value().toHex());
      entry.put("meaning", OptionWords.value(option.number(), option.value()));
    }
    return list;
  }
}
