package dev.moat.cost.capture;

import dev.moat.cost.capture.CaptureException.Reason;

/** What a capture may hold at most. */
final class Limits {
  /** The whole file: 1 GiB. */
  static final long FILE_OCTETS = 1L << 30;

  /** A packet: the greatest snap length that libpcap sets. */
  static final int PACKET_OCTETS = 262_144;

  /** A block of pcapng that holds a packet, with its options; others are passed over unread. */
  static final int PACKET_BLOCK_OCTETS = 1 << 20;

  /** Interfaces of one section of pcapng. */
  static final int INTERFACES = 1024;

  /** Datagrams that are kept. */
  static final int DATAGRAMS = 100_000;

  /** Octets of datagrams that are kept: 64 MiB. */
  static final long DATAGRAM_OCTETS = 64L << 20;

  private Limits() {}

  /**
   * Checks the two lengths of a packet.
   *
   * @param kept octets in the file
   * @param original octets on the wire
   * @throws CaptureException {@link Reason#BAD_LENGTH} when no packet is that long, {@link
   *     Reason#SNAPPED} when the file has only its beginning
   */
  static void checkPacket(String place, long kept, long original) throws CaptureException {
    if (kept > PACKET_OCTETS) {
      throw new CaptureException(
          Reason.BAD_LENGTH,
          place,
          "a packet of " + kept + " octets; at most " + PACKET_OCTETS + " are possible");
    }
    if (kept < original) {
      throw new CaptureException(
          Reason.SNAPPED,
          place,
          "only "
              + kept
              + " of the packet's "
              + original
              + " octets were kept (snap length); capture again with tcpdump -s 0");
    }
  }
}
