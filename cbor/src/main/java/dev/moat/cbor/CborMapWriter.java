package dev.moat.cbor;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Collects the entries of one map and sorts them by the encoding of their keys (RFC 8949, Section
 * 4.2.1).
 */
public final class CborMapWriter {
  private final SortedMap<Bytes, Bytes> entries = new TreeMap<>();

  CborMapWriter() {}

  /**
   * Adds an entry with an integer key; {@code value} writes one item.
   *
   * @throws IllegalArgumentException when the key is there already
   */
  @CanIgnoreReturnValue
  public CborMapWriter put(long key, Consumer<CborWriter> value) {
    return put(CborWriter.encodedInteger(key), value);
  }

  /**
   * Adds an entry with a text key; {@code value} writes one item.
   *
   * @throws IllegalArgumentException when the key is there already
   */
  @CanIgnoreReturnValue
  public CborMapWriter put(String key, Consumer<CborWriter> value) {
    return put(CborWriter.encodedText(key), value);
  }

  /**
   * Adds an entry whose key is encoded already; {@code value} writes one item.
   *
   * @throws IllegalArgumentException when the key is there already
   */
  @CanIgnoreReturnValue
  public CborMapWriter put(Bytes encodedKey, Consumer<CborWriter> value) {
    CborWriter writer = new CborWriter();
    value.accept(writer);
    if (entries.putIfAbsent(encodedKey, writer.toBytes()) != null) {
      throw new IllegalArgumentException("the map key " + encodedKey + " stands twice");
    }
    return this;
  }

  int size() {
    return entries.size();
  }

  void writeTo(CborWriter writer) {
    entries.forEach((key, value) -> writer.encoded(key).encoded(value));
  }
}
