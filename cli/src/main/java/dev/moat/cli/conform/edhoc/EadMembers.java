package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.cli.conform.cases.Json;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.message.EadItems;
import java.util.ArrayList;
import java.util.List;

/** EAD items as vectors state them. */
final class EadMembers {
  private EadMembers() {}

  /** The items of a list; a critical label may have the sign that it has on the wire. */
  static EadItems items(JsonNode list) {
    List<EadItem> items = new ArrayList<>();
    for (JsonNode one : list) {
      int label = one.path("ead_label").asInt(-1);
      boolean critical = one.path("critical").asBoolean(label < 0);
      items.add(new EadItem(Math.abs(label), critical, Json.optional(one, "ead_value")));
    }
    return new EadItems(items);
  }

  /** The labels of the critical items: those that the application of the vector knows. */
  static List<Integer> critical(EadItems items) {
    return items.items().stream().filter(EadItem::critical).map(EadItem::label).toList();
  }
}
