package dev.moat.cost.capture;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import java.util.Optional;

/**
 * Takes the headers of IPv4 (RFC 791) and IPv6 (RFC 8200) off, options and extension headers among
 * them, and puts fragments together. What a tunnel carries is not looked into.
 */
final class IpLayer {
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int MOBILITY = 135;
  private static final int MAX_EXTENSION_HEADERS = 16;

  private final Fragments fragments = new Fragments();

  /**
   * The datagram of a packet; nothing when it is a fragment and others are missing yet.
   *
   * @throws IndexOutOfBoundsException when the packet is shorter than its headers say
   */
  Optional<IpPacket> datagram(Bytes packet) {
    return packet.at(0) >> 4 == 4 ? version4(packet) : version6(packet);
  }

  /** Fragments that never became a datagram. */
  int lostFragments() {
    return fragments.lost();
  }

  private Optional<IpPacket> version4(Bytes packet) {
    ByteReader reader = new ByteReader(packet);
    int headerOctets = (reader.u8() & 0x0f) * 4;
    reader.u8(); // type of service
    int total = total(reader.u16(), packet.length());
    int identification = reader.u16();
    int flagsAndOffset = reader.u16();
    reader.u8(); // time to live
    int protocol = reader.u8();
    reader.u16(); // checksum
    Bytes source = reader.bytes(4);
    Bytes destination = reader.bytes(4);
    if (headerOctets < reader.position()) {
      throw new IndexOutOfBoundsException("an IPv4 header of " + headerOctets + " octets");
    }
    IpPacket one = new IpPacket(source, destination, protocol, packet.slice(headerOctets, total));
    int offset = (flagsAndOffset & 0x1fff) * 8;
    boolean last = (flagsAndOffset & 0x2000) == 0;
    return last && offset == 0
        ? Optional.of(one)
        : fragments.add(new Fragment(one, identification, offset, last));
  }

  private Optional<IpPacket> version6(Bytes packet) {
    ByteReader reader = new ByteReader(packet);
    reader.uint(4); // version, traffic class, flow label
    int length = reader.u16();
    int next = reader.u8();
    reader.u8(); // hop limit
    Bytes source = reader.bytes(16);
    Bytes destination = reader.bytes(16);
    int end = total(length == 0 ? 0 : length + reader.position(), packet.length());
    Bytes rest = packet.slice(reader.position(), end);
    return afterExtensions(new IpPacket(source, destination, next, rest));
  }

  /** Each header tells what comes next, and how long it is itself (RFC 8200, Section 4). */
  private Optional<IpPacket> afterExtensions(IpPacket packet) {
    int protocol = packet.protocol();
    Bytes rest = packet.payload();
    for (int headers = 0; headers < MAX_EXTENSION_HEADERS; headers++) {
      if (protocol == FRAGMENT) {
        return fragment(packet, rest);
      }
      int octets = extensionOctets(protocol, rest);
      if (octets == 0) {
        break;
      }
      protocol = rest.at(0);
      rest = rest.slice(octets, rest.length());
    }
    return Optional.of(new IpPacket(packet.source(), packet.destination(), protocol, rest));
  }

  /** The length of an extension header; 0 when {@code protocol} is none. */
  private static int extensionOctets(int protocol, Bytes rest) {
    return switch (protocol) {
      case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, MOBILITY -> (rest.at(1) + 1) * 8;
      case AUTHENTICATION -> (rest.at(1) + 2) * 4; // RFC 4302, Section 2.2
      default -> 0;
    };
  }

  /** RFC 8200, Section 4.5; what is put together may have further headers. */
  private Optional<IpPacket> fragment(IpPacket packet, Bytes rest) {
    ByteReader reader = new ByteReader(rest);
    int next = reader.u8();
    reader.u8(); // reserved
    int offsetAndFlag = reader.u16();
    long identification = reader.uint(4);
    IpPacket part = new IpPacket(packet.source(), packet.destination(), next, reader.rest());
    int offset = offsetAndFlag & 0xfff8;
    boolean last = (offsetAndFlag & 1) == 0;
    if (last && offset == 0) {
      return withoutFragmentHeader(part);
    }
    return fragments
        .add(new Fragment(part, identification, offset, last))
        .flatMap(this::withoutFragmentHeader);
  }

  /** A second fragment header is malformed, not a reason to begin again without end. */
  private Optional<IpPacket> withoutFragmentHeader(IpPacket whole) {
    if (whole.protocol() == FRAGMENT) {
      throw new IndexOutOfBoundsException("a fragment header in a fragment");
    }
    return afterExtensions(whole);
  }

  /** Large sends that the network card splits have length 0 where they are captured. */
  private static int total(int told, int there) {
    return told == 0 ? there : told;
  }
}
