package dev.moat.cost.conversation;

import dev.moat.bytes.Bytes;
import dev.moat.cost.capture.CapturedDatagram;

/** What of the segments of one direction was not there before (RFC 9293, Section 3.4). */
final class SegmentOrder {
  private boolean begun;
  private int next;
  private boolean gaps;

  /** The octets behind those that were seen; empty when all of them were. */
  Bytes fresh(CapturedDatagram segment) {
    Bytes payload = segment.payload();
    int sequence = (int) segment.sequence();
    // Sequence numbers wrap: what counts is the distance of 32 bits.
    int known = begun ? next - sequence : 0;
    if (known < 0) {
      gaps = true;
      known = 0;
    }
    begun = true;
    if (known >= payload.length()) {
      return Bytes.empty();
    }
    next = sequence + payload.length();
    return payload.slice(known, payload.length());
  }

  /** True when a segment came before one that belongs in front of it, which then does not count. */
  boolean hasGaps() {
    return gaps;
  }
}
