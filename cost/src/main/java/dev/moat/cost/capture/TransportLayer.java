package dev.moat.cost.capture;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CapturedDatagram.Carrier;

/** Takes the headers of UDP (RFC 768) and TCP (RFC 9293) off. Checksums are not verified. */
final class TransportLayer {
  static final int TCP = 6;
  static final int UDP = 17;
  private static final int UDP_HEADER_OCTETS = 8;
  private static final int TCP_HEADER_OCTETS = 20;

  private TransportLayer() {}

  /** True when {@link #datagram} can be asked. */
  static boolean knows(IpPacket packet) {
    return packet.protocol() == UDP || packet.protocol() == TCP;
  }

  /**
   * What the datagram or segment carries, which may be nothing.
   *
   * @param number of the packet in the file
   * @throws IndexOutOfBoundsException when the packet is shorter than its header says
   */
  static CapturedDatagram datagram(int number, IpPacket packet) {
    ByteReader reader = new ByteReader(packet.payload());
    Endpoint from = new Endpoint(packet.source(), reader.u16());
    Endpoint to = new Endpoint(packet.destination(), reader.u16());
    return packet.protocol() == UDP
        ? new CapturedDatagram(number, from, to, Carrier.UDP, 0, udp(packet.payload(), reader))
        : tcp(number, from, to, packet.payload());
  }

  /** Length 0 stands in jumbograms, and where a network card splits large sends. */
  private static Bytes udp(Bytes packet, ByteReader reader) {
    int length = reader.u16();
    if (length > 0 && length < UDP_HEADER_OCTETS) {
      throw new IndexOutOfBoundsException("a UDP length of " + length);
    }
    return packet.slice(UDP_HEADER_OCTETS, length == 0 ? packet.length() : length);
  }

  private static CapturedDatagram tcp(int number, Endpoint from, Endpoint to, Bytes packet) {
    ByteReader reader = new ByteReader(packet);
    reader.uint(4); // ports
    long sequence = reader.uint(4);
    reader.uint(4); // acknowledgement number
    int headerOctets = (reader.u8() >> 4) * 4;
    if (headerOctets < TCP_HEADER_OCTETS) {
      throw new IndexOutOfBoundsException("a TCP header of " + headerOctets + " octets");
    }
    Bytes payload = packet.slice(headerOctets, packet.length());
    return new CapturedDatagram(number, from, to, Carrier.TCP, sequence, payload);
  }
}
