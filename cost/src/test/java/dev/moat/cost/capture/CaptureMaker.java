package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.CanIgnoreReturnValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes captures, sound ones and others. */
final class CaptureMaker {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteOrder order;

  private CaptureMaker(ByteOrder order) {
    this.order = order;
  }

  static CaptureMaker pcap(ByteOrder order, int magic, int linkType) {
    CaptureMaker maker = new CaptureMaker(order);
    return maker.u32(magic).u16(2).u16(4).u32(0).u32(0).u32(262_144).u32(linkType);
  }

  static CaptureMaker pcap(int linkType) {
    return pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, linkType);
  }

  static CaptureMaker pcapNg(ByteOrder order) {
    return new CaptureMaker(order).section(order);
  }

  /** A record of pcap. */
  @CanIgnoreReturnValue
  CaptureMaker record(Bytes packet) {
    return record(packet, packet.length());
  }

  @CanIgnoreReturnValue
  CaptureMaker record(Bytes packet, int original) {
    return u32(1).u32(2).u32(packet.length()).u32(original).raw(packet);
  }

  @CanIgnoreReturnValue
  CaptureMaker section(ByteOrder ofSection) {
    order = ofSection;
    Bytes body = body(16).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).end(-1L);
    return block(0x0a0d0d0a, body);
  }

  @CanIgnoreReturnValue
  CaptureMaker describe(int linkType, int snapLength) {
    Body body = body(16).putShort((short) linkType).putShort((short) 0).putInt(snapLength);
    // if_tsresol, and the end of options
    return block(1, body.putInt(0x00090001).putInt(0x09000000).bytes());
  }

  @CanIgnoreReturnValue
  CaptureMaker enhanced(int interfaceId, Bytes packet) {
    return enhanced(interfaceId, packet, packet.length());
  }

  @CanIgnoreReturnValue
  CaptureMaker enhanced(int interfaceId, Bytes packet, int original) {
    Body head = body(20).putInt(interfaceId).putInt(0).putInt(0).putInt(packet.length());
    Bytes options = body(8).putInt(0x00020004).putInt(0).bytes();
    return block(6, head.putInt(original).bytes().plus(padded(packet)).plus(options));
  }

  @CanIgnoreReturnValue
  CaptureMaker obsolete(int interfaceId, Bytes packet) {
    Body head = body(20).putShort((short) interfaceId).putShort((short) 0).putInt(0).putInt(0);
    Body lengths = head.putInt(packet.length()).putInt(packet.length());
    return block(2, lengths.bytes().plus(padded(packet)));
  }

  @CanIgnoreReturnValue
  CaptureMaker simple(Bytes packet, int original) {
    return block(3, body(4).putInt(original).bytes().plus(padded(packet)));
  }

  @CanIgnoreReturnValue
  CaptureMaker block(int type, Bytes body) {
    return u32(type).u32(body.length() + 12).raw(body).u32(body.length() + 12);
  }

  @CanIgnoreReturnValue
  CaptureMaker raw(Bytes octets) {
    out.writeBytes(octets.toArray());
    return this;
  }

  @CanIgnoreReturnValue
  CaptureMaker u32(int value) {
    return raw(body(4).putInt(value).bytes());
  }

  @CanIgnoreReturnValue
  CaptureMaker u16(int value) {
    return raw(body(2).putShort((short) value).bytes());
  }

  Bytes file() {
    return Bytes.copyOf(out.toByteArray());
  }

  Capture read() throws CaptureException {
    return read(file());
  }

  static Capture read(Bytes file) throws CaptureException {
    return Captures.readAll(new ByteArrayInputStream(file.toArray()));
  }

  private static Bytes padded(Bytes packet) {
    return packet.plus(Packets.zeros((4 - packet.length() % 4) % 4));
  }

  private Body body(int octets) {
    return new Body(ByteBuffer.allocate(octets).order(order));
  }

  /** Octets in the order of the section. */
  private record Body(ByteBuffer buffer) {
    @CanIgnoreReturnValue
    Body putInt(int value) {
      buffer.putInt(value);
      return this;
    }

    @CanIgnoreReturnValue
    Body putShort(short value) {
      buffer.putShort(value);
      return this;
    }

    Bytes end(long value) {
      buffer.putLong(value);
      return bytes();
    }

    Bytes bytes() {
      return Bytes.copyOf(buffer.array());
    }
  }
}
