package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CaptureException.Reason;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The newer format (draft-ietf-opsawg-pcapng): blocks, in sections of their own byte order, with
 * interfaces of their own link layer. Options, and blocks that hold no packet, are passed over.
 */
final class PcapNgFormat {
  /** The type of a section header block: the same in either byte order. */
  static final long SECTION_HEADER = 0x0a0d0d0aL;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;

  private static final long ORDER_MAGIC = 0x1a2b3c4dL;
  private static final long ORDER_MAGIC_SWAPPED = 0x4d3c2b1aL;
  private static final int MAJOR_VERSION = 1;
  private static final int FRAMING_OCTETS = 12;
  private static final int SECTION_OCTETS = 16;

  private final CaptureInput input;
  private final Frame.Sink sink;
  private final List<Interface> interfaces = new ArrayList<>();
  private int packets;

  private PcapNgFormat(CaptureInput input, Frame.Sink sink) {
    this.input = input;
    this.sink = sink;
  }

  /** Reads all that follows the type of the first block. */
  static void read(CaptureInput input, Frame.Sink sink) throws CaptureException {
    new PcapNgFormat(input, sink).read();
  }

  private void read() throws CaptureException {
    int number = 1;
    section(place(number, 4));
    while (true) {
      number++;
      String place = place(number, 0);
      Bytes type = input.octetsOrEnd(place, 4);
      if (type.isEmpty()) {
        return;
      }
      if (input.u32(type, 0) == SECTION_HEADER) {
        section(place);
      } else {
        block(place, input.u32(type, 0));
      }
    }
  }

  /** A section may have another byte order, which is told behind the length. */
  private void section(String place) throws CaptureException {
    Bytes head = input.octets(place, 8);
    input.order(ByteOrder.BIG_ENDIAN);
    long magic = input.u32(head, 4);
    if (magic != ORDER_MAGIC && magic != ORDER_MAGIC_SWAPPED) {
      throw new CaptureException(
          Reason.NOT_A_CAPTURE, place, "a section header without byte-order magic");
    }
    input.order(magic == ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long length = checked(place, input.u32(head, 0), FRAMING_OCTETS + SECTION_OCTETS);
    Bytes version = input.octets(place, 4);
    int major = input.u16(version, 0);
    if (major != MAJOR_VERSION) {
      throw new CaptureException(
          Reason.NOT_A_CAPTURE, place, "version " + major + " of pcapng; only 1 is known");
    }
    input.skip(place, length - FRAMING_OCTETS - 8);
    end(place, length);
    interfaces.clear();
  }

  private void block(String place, long type) throws CaptureException {
    long length = checked(place, input.u32(input.octets(place, 4), 0), FRAMING_OCTETS);
    if (!isKnown(type)) {
      input.skip(place, length - FRAMING_OCTETS);
      end(place, length);
      return;
    }
    if (length > Limits.PACKET_BLOCK_OCTETS) {
      throw new CaptureException(
          Reason.BAD_LENGTH,
          place,
          "a block of " + length + " octets; at most " + Limits.PACKET_BLOCK_OCTETS + " are read");
    }
    Bytes body = input.octets(place, (int) length - FRAMING_OCTETS);
    end(place, length);
    switch ((int) type) {
      case INTERFACE_DESCRIPTION -> describe(place, body);
      case SIMPLE_PACKET -> simple(place, body);
      case OBSOLETE_PACKET -> packet(place, body, input.u16(fixed(place, body, 20), 0));
      default -> packet(place, body, input.u32(fixed(place, body, 20), 0));
    }
  }

  private static boolean isKnown(long type) {
    return type == INTERFACE_DESCRIPTION
        || type == OBSOLETE_PACKET
        || type == SIMPLE_PACKET
        || type == ENHANCED_PACKET;
  }

  private void describe(String place, Bytes body) throws CaptureException {
    Bytes fields = fixed(place, body, 8);
    if (interfaces.size() == Limits.INTERFACES) {
      throw new CaptureException(
          Reason.TOO_LARGE, place, "more than " + Limits.INTERFACES + " interfaces");
    }
    interfaces.add(new Interface(input.u16(fields, 0), input.u32(fields, 4)));
  }

  /** Both kinds of packets with an interface have 20 octets before the packet itself. */
  private void packet(String place, Bytes body, long interfaceId) throws CaptureException {
    long kept = input.u32(body, 12);
    Limits.checkPacket(place, kept, input.u32(body, 16));
    take(place, interfaceId, fixed(place, body, 20 + (int) kept).slice(20, 20 + (int) kept));
  }

  /** Of the section's first interface, which alone tells how much was kept. */
  private void simple(String place, Bytes body) throws CaptureException {
    long original = input.u32(fixed(place, body, 4), 0);
    long snapLength = known(place, 0).snapLength();
    long kept = snapLength == 0 ? original : Math.min(original, snapLength);
    Limits.checkPacket(place, kept, original);
    take(place, 0, fixed(place, body, 4 + (int) kept).slice(4, 4 + (int) kept));
  }

  private void take(String place, long interfaceId, Bytes packet) throws CaptureException {
    packets++;
    sink.take(new Frame(packets, place, known(place, interfaceId).linkType(), packet));
  }

  private Interface known(String place, long id) throws CaptureException {
    if (id >= interfaces.size()) {
      throw new CaptureException(
          Reason.UNKNOWN_INTERFACE,
          place,
          "interface " + id + ", but the section describes " + interfaces.size());
    }
    return interfaces.get((int) id);
  }

  private static Bytes fixed(String place, Bytes body, int octets) throws CaptureException {
    if (body.length() < octets) {
      throw new CaptureException(
          Reason.BAD_LENGTH,
          place,
          "its content needs " + octets + " octets, and the block has " + body.length());
    }
    return body;
  }

  private static long checked(String place, long length, int atLeast) throws CaptureException {
    if (length < atLeast || length % 4 != 0) {
      throw new CaptureException(
          Reason.BAD_LENGTH,
          place,
          "a block length of " + length + "; a multiple of 4 from " + atLeast + " is needed");
    }
    return length;
  }

  private void end(String place, long length) throws CaptureException {
    long again = input.u32(input.octets(place, 4), 0);
    if (again != length) {
      throw new CaptureException(
          Reason.BAD_LENGTH,
          place,
          "the block begins with length " + length + " and ends with " + again);
    }
  }

  private String place(int number, int octetsRead) {
    return "block " + number + " at octet " + (input.position() - octetsRead);
  }

  private record Interface(int linkType, long snapLength) {}
}
