package dev.moat.conformance.crash;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;

/**
 * A nonce under a key, small enough to keep a million of them.
 *
 * @param key the first 8 octets of the key
 * @param high the first 8 octets of the nonce
 * @param low its other octets
 */
record Seal(long key, long high, long low) {
  static final int LENGTH_OCTETS = 24;

  /** The nonce has 9 to 16 octets. */
  static Seal of(long key, Bytes nonce) {
    ByteReader reader = new ByteReader(nonce);
    return new Seal(key, reader.uint(8), reader.uint(nonce.length() - 8));
  }

  static Seal read(ByteReader reader) {
    return new Seal(reader.uint(8), reader.uint(8), reader.uint(8));
  }

  void write(ByteWriter writer) {
    writer.uint(key, 8).uint(high, 8).uint(low, 8);
  }
}
