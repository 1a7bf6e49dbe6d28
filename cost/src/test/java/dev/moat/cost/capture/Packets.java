package dev.moat.cost.capture;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;

/** Makes packets: only the fields that count are filled in. */
final class Packets {
  static final Endpoint PHONE = new Endpoint(Bytes.of(192, 0, 2, 1), 49_152);
  static final Endpoint LOCK = new Endpoint(Bytes.of(192, 0, 2, 2), 5683);
  static final Endpoint PHONE6 =
      new Endpoint(Bytes.hex("20010db8000000000000000000000001"), 49_152);
  static final Endpoint LOCK6 = new Endpoint(Bytes.hex("20010db8000000000000000000000002"), 5683);

  private Packets() {}

  static Bytes udp(Endpoint from, Endpoint to, Bytes payload) {
    return new ByteWriter(8)
        .u16(from.port())
        .u16(to.port())
        .u16(8 + payload.length())
        .u16(0)
        .bytes(payload)
        .toBytes();
  }

  /** With 12 octets of options. */
  static Bytes tcp(Endpoint from, Endpoint to, long sequence, Bytes payload) {
    return new ByteWriter(32)
        .u16(from.port())
        .u16(to.port())
        .uint(sequence, 4)
        .uint(0, 4)
        .u8(8 << 4)
        .u8(0x18)
        .u16(0)
        .u16(0)
        .u16(0)
        .bytes(zeros(12))
        .bytes(payload)
        .toBytes();
  }

  static Bytes ipv4(Endpoint from, Endpoint to, int protocol, Bytes payload) {
    return ipv4(from, to, protocol, 0, payload);
  }

  /** With what stands in the field of flags and fragment offset. */
  static Bytes ipv4(Endpoint from, Endpoint to, int protocol, int flagsAndOffset, Bytes payload) {
    return ipv4Header(0, flagsAndOffset, protocol, payload.length())
        .bytes(from.address())
        .bytes(to.address())
        .bytes(payload)
        .toBytes();
  }

  /** With {@code words} of options, each of 4 octets. */
  static Bytes ipv4WithOptions(Endpoint from, Endpoint to, int words, Bytes payload) {
    return ipv4Header(words, 0, TransportLayer.UDP, payload.length())
        .bytes(from.address())
        .bytes(to.address())
        .bytes(zeros(4 * words))
        .bytes(payload)
        .toBytes();
  }

  private static ByteWriter ipv4Header(int words, int flagsAndOffset, int protocol, int payload) {
    return new ByteWriter(20)
        .u8(0x45 + words)
        .u8(0)
        .u16(20 + 4 * words + payload)
        .u16(0x1234)
        .u16(flagsAndOffset)
        .u8(64)
        .u8(protocol)
        .u16(0);
  }

  static Bytes ipv6(Endpoint from, Endpoint to, int next, Bytes payload) {
    return new ByteWriter(40)
        .uint(0x60000000L, 4)
        .u16(payload.length() & 0xffff)
        .u8(next)
        .u8(64)
        .bytes(from.address())
        .bytes(to.address())
        .bytes(payload)
        .toBytes();
  }

  static Bytes ipv4Udp(Bytes payload) {
    return ipv4(PHONE, LOCK, TransportLayer.UDP, udp(PHONE, LOCK, payload));
  }

  static Bytes ipv6Udp(Bytes payload) {
    return ipv6(PHONE6, LOCK6, TransportLayer.UDP, udp(PHONE6, LOCK6, payload));
  }

  static Bytes ethernet(int etherType, Bytes packet) {
    return zeros(12).plus(u16(etherType)).plus(packet);
  }

  static Bytes u16(int value) {
    return new ByteWriter(2).u16(value).toBytes();
  }

  static Bytes zeros(int octets) {
    return Bytes.owned(new byte[octets]);
  }
}
