package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CaptureException.Reason;
import java.nio.ByteOrder;

/**
 * The classic format (draft-ietf-opsawg-pcap): a header of 24 octets, and records with a header of
 * 16 octets each. Its magic number tells the byte order, and whether times have microseconds or
 * nanoseconds, which makes no difference here.
 */
final class PcapFormat {
  /** The magic numbers, as read in network byte order. */
  static final long MICROSECONDS = 0xa1b2c3d4L;

  static final long MICROSECONDS_SWAPPED = 0xd4c3b2a1L;
  static final long NANOSECONDS = 0xa1b23c4dL;
  static final long NANOSECONDS_SWAPPED = 0x4d3cb2a1L;

  private static final String FILE_HEADER = "the file header at octet 0";
  private static final int MAJOR_VERSION = 2;

  private final CaptureInput input;

  private PcapFormat(CaptureInput input) {
    this.input = input;
  }

  /** True when {@code magic}, read in network byte order, begins such a file. */
  static boolean begins(long magic) {
    return magic == MICROSECONDS
        || magic == NANOSECONDS
        || magic == MICROSECONDS_SWAPPED
        || magic == NANOSECONDS_SWAPPED;
  }

  /** Reads all that follows the magic number. */
  static void read(long magic, CaptureInput input, Frame.Sink sink) throws CaptureException {
    boolean asIs = magic == MICROSECONDS || magic == NANOSECONDS;
    input.order(asIs ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    new PcapFormat(input).read(sink);
  }

  private void read(Frame.Sink sink) throws CaptureException {
    Bytes header = input.octets(FILE_HEADER, 20);
    int major = input.u16(header, 0);
    if (major != MAJOR_VERSION) {
      throw new CaptureException(
          Reason.NOT_A_CAPTURE, FILE_HEADER, "version " + major + " of pcap; only 2 is known");
    }
    // The upper half says how long frame check sequences are; IP's own length leaves them out.
    int linkType = (int) (input.u32(header, 16) & 0xffff);
    int number = 0;
    while (true) {
      number++;
      String place = "record " + number + " at octet " + input.position();
      Bytes head = input.octetsOrEnd(place, 16);
      if (head.isEmpty()) {
        return;
      }
      long kept = input.u32(head, 8);
      Limits.checkPacket(place, kept, input.u32(head, 12));
      sink.take(new Frame(number, place, linkType, input.octets(place, (int) kept)));
    }
  }
}
