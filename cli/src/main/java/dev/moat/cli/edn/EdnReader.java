package dev.moat.cli.edn;

import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON or diagnostic notation: maps, arrays, texts, integers, {@code h'..'} and {@code
 * b64'..'}, {@code <<..>>}, tags, true, false and null, with comments between slashes or behind a
 * number sign. No floating-point numbers and no indefinite lengths: nothing here has them.
 */
public final class EdnReader {
  private static final int MAX_DEPTH = 16;

  private final EdnScanner in;
  private int depth;

  private EdnReader(EdnScanner in) {
    this.in = in;
  }

  /**
   * The one item that {@code text} holds.
   *
   * @throws EdnException when it is something else
   */
  public static Item read(String text) throws EdnException {
    EdnScanner scanner = new EdnScanner(text);
    Item item = new EdnReader(scanner).item();
    scanner.end();
    return item;
  }

  private Item item() throws EdnException {
    if (++depth > MAX_DEPTH) {
      throw in.wrong("nests deeper than " + MAX_DEPTH + " levels");
    }
    Item item = anyKind();
    depth--;
    return item;
  }

  private Item anyKind() throws EdnException {
    char next = in.peek();
    return switch (next) {
      case '{' -> map();
      case '[' -> array();
      case '"' -> Item.of(in.text());
      case '\'' -> Item.of(Bytes.utf8(in.quoted()));
      case '<' -> embedded();
      default -> next == '-' || Character.isDigit(next) ? number() : named();
    };
  }

  private Item map() throws EdnException {
    Table table = Table.empty();
    in.expect('{');
    while (!in.accept('}')) {
      Item key = item();
      if (key.integer().isEmpty() && key.text().isEmpty()) {
        throw in.wrong("has a map key that is neither a text nor a number");
      }
      in.expect(':');
      Item value = item();
      if (!table.add(key, value)) {
        throw in.wrong("has a map with the same key twice");
      }
      in.separator('}');
    }
    return table;
  }

  private Item array() throws EdnException {
    List<Item> items = new ArrayList<>();
    in.expect('[');
    while (!in.accept(']')) {
      items.add(item());
      in.separator(']');
    }
    return Item.of(items);
  }

  /** Items that become the content of a byte string. */
  private Item embedded() throws EdnException {
    Bytes content = Bytes.empty();
    in.expect('<');
    in.expect('<');
    while (!in.accept('>')) {
      content = content.plus(item().encoded());
      in.separator('>');
    }
    in.expect('>');
    return Item.of(content);
  }

  private Item number() throws EdnException {
    long value = in.integer();
    if (value < 0 || !in.accept('(')) {
      return Item.of(value);
    }
    Item content = item();
    in.expect(')');
    return Item.tagged(value, content);
  }

  private Item named() throws EdnException {
    String word = in.word();
    return switch (word) {
      case "true" -> Item.of(true);
      case "false" -> Item.of(false);
      case "null" -> Item.nothing();
      case "h" -> Item.of(in.hex());
      case "b64" -> Item.of(in.base64());
      case "" ->
          throw in.wrong(in.isAtEnd() ? "ends too early" : "has a character that begins no item");
      default -> throw in.wrong("has a word that is none of true, false, null, h'..' and b64'..'");
    };
  }
}
