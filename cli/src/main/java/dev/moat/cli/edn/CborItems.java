package dev.moat.cli.edn;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import java.util.ArrayList;
import java.util.List;

/** Reads an item from deterministic CBOR. */
public final class CborItems {
  private CborItems() {}

  /**
   * The one item in {@code octets}.
   *
   * @throws CborException when it is something else, or has a map with other keys than integers and
   *     texts
   */
  public static Item read(Bytes octets) throws CborException {
    CborReader reader = new CborReader(octets);
    Item item = item(reader);
    reader.end();
    return item;
  }

  private static Item item(CborReader reader) throws CborException {
    return switch (reader.kind()) {
      case UNSIGNED, NEGATIVE -> Item.of(reader.integer());
      case BYTES -> Item.of(reader.bytes());
      case TEXT -> Item.of(reader.text());
      case ARRAY -> array(reader);
      case MAP -> map(reader);
      case TAG -> Item.tagged(reader.tag(), item(reader));
      case BOOL -> Item.of(reader.bool());
      case NULL -> {
        reader.nothing();
        yield Item.nothing();
      }
      case SIMPLE, FLOAT -> unexpected(reader);
    };
  }

  private static Item array(CborReader reader) throws CborException {
    int count = reader.array();
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(item(reader));
    }
    return Item.of(items);
  }

  private static Item map(CborReader reader) throws CborException {
    int count = reader.map();
    Table table = Table.empty();
    for (int i = 0; i < count; i++) {
      Item key = item(reader);
      boolean usable = key.integer().isPresent() || key.text().isPresent();
      if (!usable || !table.add(key, item(reader))) {
        return unexpected(reader);
      }
    }
    return table;
  }

  private static Item unexpected(CborReader reader) throws CborException {
    throw new CborException(CborException.Reason.UNEXPECTED_ITEM, reader.position());
  }
}
