package dev.moat.cbor;

import dev.moat.bytes.Bytes;
import dev.moat.testkit.Arbitrary;
import java.util.HashSet;
import java.util.Set;

/** Arbitrary CBOR items, and a copy that uses nothing but the typed methods. */
final class ArbitraryItems {
  private ArbitraryItems() {}

  static void write(Arbitrary arbitrary, CborWriter writer, int levels) {
    switch (arbitrary.between(0, levels == 0 ? 5 : 8)) {
      case 0 -> writer.integer(arbitrary.anyLong());
      case 1 -> writer.bytes(arbitrary.bytes(300));
      case 2 -> writer.text(arbitrary.text(20));
      case 3 -> writer.bool(arbitrary.chance(50));
      case 4 -> writer.nothing();
      case 5 -> writer.simple(arbitrary.chance(50) ? 23 : arbitrary.between(32, 255));
      case 6 -> {
        int items = arbitrary.between(0, 30);
        writer.array(items);
        for (int i = 0; i < items; i++) {
          write(arbitrary, writer, levels - 1);
        }
      }
      case 7 -> writer.map(map -> entries(arbitrary, map, levels - 1));
      default -> write(arbitrary, writer.tag(arbitrary.anyLong() & Long.MAX_VALUE), levels - 1);
    }
  }

  private static void entries(Arbitrary arbitrary, CborMapWriter map, int levels) {
    Set<Bytes> keys = new HashSet<>();
    for (int left = arbitrary.between(0, 5); left > 0; left--) {
      CborWriter key = new CborWriter();
      write(arbitrary, key, 0);
      if (keys.add(key.toBytes())) {
        map.put(key.toBytes(), value -> write(arbitrary, value, levels));
      }
    }
  }

  static void copy(CborReader reader, CborWriter writer) throws CborException {
    switch (reader.kind()) {
      case UNSIGNED, NEGATIVE -> writer.integer(reader.integer());
      case BYTES -> writer.bytes(reader.bytes());
      case TEXT -> writer.text(reader.text());
      case BOOL -> writer.bool(reader.bool());
      case NULL -> {
        reader.nothing();
        writer.nothing();
      }
      case SIMPLE -> writer.simple(reader.simple());
      case TAG -> copy(reader, writer.tag(reader.tag()));
      case ARRAY -> {
        int items = reader.array();
        writer.array(items);
        for (int i = 0; i < items; i++) {
          copy(reader, writer);
        }
      }
      case MAP -> copyMap(reader, writer);
      case FLOAT -> throw new AssertionError("never written");
    }
  }

  private static void copyMap(CborReader reader, CborWriter writer) throws CborException {
    int pairs = reader.map();
    CborWriter[] values = new CborWriter[pairs];
    Bytes[] keys = new Bytes[pairs];
    for (int i = 0; i < pairs; i++) {
      keys[i] = reader.item();
      values[i] = new CborWriter();
      copy(reader, values[i]);
    }
    writer.map(
        map -> {
          for (int i = pairs - 1; i >= 0; i--) {
            Bytes value = values[i].toBytes();
            map.put(keys[i], target -> target.encoded(value));
          }
        });
  }
}
