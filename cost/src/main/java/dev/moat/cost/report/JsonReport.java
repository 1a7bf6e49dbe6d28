package dev.moat.cost.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** Tables for scripts: an object with an array of objects for each table. */
public final class JsonReport {
  private JsonReport() {}

  /** The object: a member for each table by its id, each row an object with the columns' keys. */
  public static ObjectNode of(List<Sheet> sheets) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (Sheet sheet : sheets) {
      ArrayNode rows = root.putArray(sheet.id());
      sheet.rows().forEach(row -> fill(rows.addObject(), sheet.columns(), row));
    }
    return root;
  }

  private static void fill(ObjectNode node, List<Column> columns, List<String> row) {
    for (int i = 0; i < row.size(); i++) {
      if (!row.get(i).isEmpty()) {
        put(node, columns.get(i), row.get(i));
      }
    }
  }

  private static void put(ObjectNode node, Column column, String cell) {
    ObjectNode unused =
        switch (column.kind()) {
          case WORDS -> node.put(column.key(), cell);
          case NUMBER -> node.put(column.key(), new BigDecimal(cell));
          case TRUTH -> node.put(column.key(), cell.equals("yes"));
        };
  }
}
