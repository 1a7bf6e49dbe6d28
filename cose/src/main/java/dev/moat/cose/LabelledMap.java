package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A deterministic CBOR map whose labels are integers or texts, as keys, headers and claims are (RFC
 * 9052, Section 1.5). Immutable; values are views of the input.
 */
public final class LabelledMap {
  private final Map<Bytes, Bytes> items;
  private final Reason ofAnotherKind;

  private LabelledMap(Map<Bytes, Bytes> items, Reason ofAnotherKind) {
    this.items = items;
    this.ofAnotherKind = ofAnotherKind;
  }

  /**
   * Reads a map.
   *
   * @throws CoseException with MALFORMED_CBOR, or {@code ofAnotherKind} when it is no map, when a
   *     label is neither an integer nor a text, and later when a value has another type
   */
  public static LabelledMap decode(Bytes encoded, Reason ofAnotherKind) throws CoseException {
    try {
      CborReader reader = new CborReader(encoded);
      Map<Bytes, Bytes> items = new LinkedHashMap<>();
      int entries = reader.map();
      for (int i = 0; i < entries; i++) {
        if (!isLabel(reader.kind())) {
          throw new CoseException(ofAnotherKind);
        }
        items.put(reader.item(), reader.item());
      }
      reader.end();
      return new LabelledMap(items, ofAnotherKind);
    } catch (CborException refused) {
      throw CoseException.reading(refused, ofAnotherKind);
    }
  }

  /** Number of entries. */
  public int size() {
    return items.size();
  }

  /** The labels as encoded, in order. */
  public Set<Bytes> labels() {
    return items.keySet();
  }

  /** True when the label is there. */
  public boolean has(long label) {
    return item(label).isPresent();
  }

  /** The encoded value of a label. */
  public Optional<Bytes> item(long label) {
    return Optional.ofNullable(items.get(new CborWriter().integer(label).toBytes()));
  }

  /**
   * The integer of a label.
   *
   * @throws CoseException when it is something else
   */
  public OptionalLong integer(long label) throws CoseException {
    Optional<Bytes> item = item(label);
    return item.isPresent()
        ? OptionalLong.of(read(item.get(), CborReader::integer))
        : OptionalLong.empty();
  }

  /**
   * The byte string of a label.
   *
   * @throws CoseException when it is something else
   */
  public Optional<Bytes> octets(long label) throws CoseException {
    Optional<Bytes> item = item(label);
    return item.isPresent() ? Optional.of(read(item.get(), CborReader::bytes)) : Optional.empty();
  }

  /**
   * The text of a label.
   *
   * @throws CoseException when it is something else
   */
  public Optional<String> text(long label) throws CoseException {
    Optional<Bytes> item = item(label);
    return item.isPresent() ? Optional.of(read(item.get(), CborReader::text)) : Optional.empty();
  }

  private <T> T read(Bytes item, Read<T> read) throws CoseException {
    try {
      return read.from(new CborReader(item));
    } catch (CborException refused) {
      throw CoseException.reading(refused, ofAnotherKind);
    }
  }

  private static boolean isLabel(CborKind kind) {
    return kind == CborKind.UNSIGNED || kind == CborKind.NEGATIVE || kind == CborKind.TEXT;
  }

  /** One typed reading of a {@link CborReader}. */
  private interface Read<T> {
    T from(CborReader reader) throws CborException;
  }
}
