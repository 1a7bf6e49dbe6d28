package dev.moat.oscore.rekey;

import dev.moat.bytes.Bytes;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What someone on the path can make of octets. */
final class Damage {
  private Damage() {}

  /** Each bit flipped, and each proper prefix. */
  static Stream<Bytes> of(Bytes octets) {
    Stream<Bytes> flipped =
        IntStream.range(0, octets.length() * 8).mapToObj(bit -> flipped(octets, bit));
    Stream<Bytes> cut =
        IntStream.range(0, octets.length()).mapToObj(length -> octets.slice(0, length));
    return Stream.concat(flipped, cut);
  }

  private static Bytes flipped(Bytes octets, int bit) {
    byte[] copy = octets.toArray();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.owned(copy);
  }
}
