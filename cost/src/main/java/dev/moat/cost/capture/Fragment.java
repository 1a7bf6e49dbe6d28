package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;

/**
 * A part of an IP datagram.
 *
 * @param packet addresses, protocol, and the part that is here
 * @param identification what all parts of a datagram share, beside addresses and protocol
 * @param offset of the part in the datagram, in octets
 * @param last true when none follows
 */
record Fragment(IpPacket packet, long identification, int offset, boolean last) {
  /** What all parts of a datagram share. */
  Key key() {
    return new Key(packet.source(), packet.destination(), packet.protocol(), identification);
  }

  /** Where the part ends in the datagram. */
  int end() {
    return offset + packet.payload().length();
  }

  /** As in RFC 791, Section 3.2, and RFC 8200, Section 4.5. */
  record Key(Bytes source, Bytes destination, int protocol, long identification) {}
}
