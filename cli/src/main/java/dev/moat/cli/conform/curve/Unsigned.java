package dev.moat.cli.conform.curve;

import dev.moat.bytes.Bytes;

/** Wycheproof writes integers of the NIST curves with as many octets as a signed integer needs. */
final class Unsigned {
  private Unsigned() {}

  /** A big-endian integer in exactly {@code octets} octets, unless it is greater. */
  static Bytes fixed(Bytes integer, int octets) {
    Bytes value = integer;
    while (value.length() > octets && value.at(0) == 0) {
      value = value.slice(1, value.length());
    }
    return Bytes.owned(new byte[Math.max(0, octets - value.length())]).plus(value);
  }
}
