package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import dev.moat.foe.path.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts a stream of octets into the units that lie in it: frames (RFC 8323, Section 3.2) or records
 * (RFC 8446, Section 5.1). What has no known length is a unit as it arrived.
 */
final class Cutter {
  private static final long UNKNOWN = -1;
  private static final int MAX_UNIT_OCTETS = 1 << 20;
  private static final int RECORD_HEADER_OCTETS = 5;
  private static final int RECORD_LENGTH_AT = 3;
  private static final int CODE_OCTETS = 1;
  // RFC 8323, Figure 4: Len of 13, 14 and 15 announce 1, 2 and 4 octets, and add this.
  private static final int[] LENGTH_OCTETS = {1, 2, 4};
  private static final int[] LENGTH_OFFSET = {13, 269, 65_805};
  private static final int LONG_LENGTH_FROM = 13;
  private static final int MAX_TOKEN_OCTETS = 8;

  private final Function<Bytes, Long> announced;
  private Bytes rest = Bytes.empty();

  private Cutter(Function<Bytes, Long> announced) {
    this.announced = announced;
  }

  /** The cutters for both directions of the connections of a transport. */
  static Maker of(Transport transport) {
    return transport.isSecured()
        ? () -> new Cutter(Cutter::recordOctets)
        : () -> new Cutter(Cutter::frameOctets);
  }

  /** The units that are whole now that {@code octets} have arrived, too. */
  List<Bytes> cut(Bytes octets) {
    Bytes all = rest.plus(octets);
    List<Bytes> units = new ArrayList<>();
    int start = 0;
    long length = announced.apply(all);
    while (length != UNKNOWN && length <= all.length() - start) {
      units.add(all.slice(start, start + (int) length).compact());
      start += (int) length;
      length = announced.apply(all.slice(start, all.length()));
    }
    rest = all.slice(start, all.length()).compact();
    return units;
  }

  private static long recordOctets(Bytes octets) {
    return octets.length() < RECORD_HEADER_OCTETS
        ? UNKNOWN
        : RECORD_HEADER_OCTETS + octets.slice(RECORD_LENGTH_AT, RECORD_HEADER_OCTETS).toUint();
  }

  private static long frameOctets(Bytes octets) {
    if (octets.isEmpty()) {
      return UNKNOWN;
    }
    int tokenOctets = octets.at(0) & 15;
    int length = octets.at(0) >> 4;
    if (tokenOctets > MAX_TOKEN_OCTETS) {
      return octets.length();
    }
    if (length < LONG_LENGTH_FROM) {
      return 1L + CODE_OCTETS + tokenOctets + length;
    }
    int more = LENGTH_OCTETS[length - LONG_LENGTH_FROM];
    if (octets.length() < 1 + more) {
      return UNKNOWN;
    }
    long body = octets.slice(1, 1 + more).toUint() + LENGTH_OFFSET[length - LONG_LENGTH_FROM];
    long whole = 1L + more + CODE_OCTETS + tokenOctets + body;
    return whole > MAX_UNIT_OCTETS ? octets.length() : whole;
  }

  /** Makes a cutter for each direction of each connection. */
  @FunctionalInterface
  interface Maker {
    /** Makes one. */
    Cutter make();
  }
}
