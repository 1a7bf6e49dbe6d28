package dev.moat.coap.message;

/** The four message types, in the order of their two-bit code (RFC 7252, Section 3). */
public enum MessageType {
  /** Confirmable: retransmitted until acknowledged, reset or given up (Section 4.2). */
  CON(0),
  /** Non-confirmable: sent without reliability (Section 4.3). */
  NON(1),
  /** Acknowledgement of a confirmable message; may carry the response (Section 5.2.1). */
  ACK(2),
  /** Reset: the message arrived and cannot be processed (Section 4.2). */
  RST(3);

  private static final MessageType[] BY_BITS = {CON, NON, ACK, RST};

  private final int bits;

  MessageType(int bits) {
    this.bits = bits;
  }

  /** The type for the two bits on the wire, 0 to 3. */
  public static MessageType ofBits(int bits) {
    return BY_BITS[bits & 3];
  }

  /** The two bits on the wire, 0 to 3. */
  public int bits() {
    return bits;
  }
}
