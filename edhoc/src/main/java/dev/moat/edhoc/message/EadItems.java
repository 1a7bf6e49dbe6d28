package dev.moat.edhoc.message;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * EAD_1 to EAD_4: the items of one message in their order (RFC 9528, Section 3.8). Immutable.
 *
 * @param items the items, padding among them, at most {@link #MAX_ITEMS}
 */
public record EadItems(List<EadItem> items) {
  /** The most items that are read or written. */
  public static final int MAX_ITEMS = 256;

  private static final EadItems NONE = new EadItems(List.of());

  /**
   * Checks their number.
   *
   * @throws IllegalArgumentException when there are too many
   */
  public EadItems {
    items = List.copyOf(items);
    if (items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException("at most " + MAX_ITEMS + " EAD items");
    }
  }

  /** No items: the field is absent. */
  public static EadItems none() {
    return NONE;
  }

  /** These items. */
  public static EadItems of(EadItem... items) {
    return new EadItems(List.of(items));
  }

  /**
   * Reads a field on its own, such as a PLAINTEXT_4.
   *
   * @throws EdhocException with BAD_EAD, TOO_LONG or a reason of CBOR
   */
  public static EadItems decode(Bytes field) throws EdhocException {
    try {
      return read(new CborReader(field));
    } catch (CborException refused) {
      throw EdhocException.reading(refused);
    }
  }

  /** The field as it stands in messages, MACs and transcripts; zero octets when it is absent. */
  public Bytes encoded() {
    CborWriter writer = new CborWriter();
    write(writer);
    return writer.toBytes();
  }

  /** True when the field is absent. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** These items and those behind them. */
  public EadItems plus(EadItems more) {
    return new EadItems(Stream.concat(items.stream(), more.items.stream()).toList());
  }

  /** The items for the application: without padding, which is discarded (Section 3.8.1). */
  public List<EadItem> withoutPadding() {
    return items.stream().filter(item -> !item.isPadding()).toList();
  }

  /**
   * Refuses a critical item that nobody knows (Section 3.8).
   *
   * @param known the labels that the application knows
   * @throws EdhocException with UNKNOWN_CRITICAL_EAD
   */
  public void requireKnown(Set<Integer> known) throws EdhocException {
    for (EadItem item : items) {
      if (item.critical() && !known.contains(item.label())) {
        throw new EdhocException(Reason.UNKNOWN_CRITICAL_EAD);
      }
    }
  }

  /** Reads to the end of the input, where every EAD field stands. */
  static EadItems read(CborReader reader) throws CborException, EdhocException {
    List<EadItem> items = new ArrayList<>();
    while (!reader.isAtEnd()) {
      if (items.size() == MAX_ITEMS) {
        throw new EdhocException(Reason.TOO_LONG);
      }
      items.add(EadItem.read(reader));
    }
    reader.end();
    return items.isEmpty() ? NONE : new EadItems(items);
  }

  void write(CborWriter writer) {
    items.forEach(item -> item.write(writer));
  }
}
