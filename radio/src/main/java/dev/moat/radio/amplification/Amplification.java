package dev.moat.radio.amplification;

/** Amplification by factor and by octets. Sizes are those of CoAP messages: UDP payloads. */
public final class Amplification {
  /** A node sends at most this many times what it got (RFC 9175, section 2.4). */
  public static final int LIMIT_FACTOR = 3;

  /** Headers below CoAP that count on both ways: Ethernet 14, IPv6 40, UDP 8. */
  public static final int LOWER_LAYERS_OCTETS = 14 + 40 + 8;

  private static final int COAP_HEADER_OCTETS = 4;

  private Amplification() {}

  /**
   * Octets sent for each octet received.
   *
   * @param receivedOctets what came
   * @param sentOctets what goes out for it
   * @param lowerLayersOctets what both have below; 0 to compare the messages alone
   * @throws IllegalArgumentException when a size is negative or nothing was received
   */
  public static double factor(int receivedOctets, int sentOctets, int lowerLayersOctets) {
    requireSizes(receivedOctets, sentOctets, lowerLayersOctets);
    return (double) (sentOctets + lowerLayersOctets) / (receivedOctets + lowerLayersOctets);
  }

  /**
   * The largest first answer that is safe whatever came: that to the smallest CoAP message, its
   * header alone. 136 octets with {@link #LOWER_LAYERS_OCTETS}.
   */
  public static int safeInitialResponse() {
    return LIMIT_FACTOR * (LOWER_LAYERS_OCTETS + COAP_HEADER_OCTETS) - LOWER_LAYERS_OCTETS;
  }

  /** What of it remains for options and payload after the header and an empty token. */
  public static int safeAfterToken() {
    return safeInitialResponse() - COAP_HEADER_OCTETS;
  }

  /**
   * How many octets the first message must be padded by to allow the answer, as EDHOC can in EAD_1;
   * 0 when it is long enough. Growth of the padding's own length field is not counted.
   *
   * @throws IllegalArgumentException when a size is negative or nothing was received
   */
  public static int paddingFor(int receivedOctets, int sentOctets, int lowerLayersOctets) {
    requireSizes(receivedOctets, sentOctets, lowerLayersOctets);
    int needed = (sentOctets + lowerLayersOctets + LIMIT_FACTOR - 1) / LIMIT_FACTOR;
    return Math.max(0, needed - receivedOctets - lowerLayersOctets);
  }

  private static void requireSizes(int receivedOctets, int sentOctets, int lowerLayersOctets) {
    if (receivedOctets < 0 || sentOctets < 0 || lowerLayersOctets < 0) {
      throw new IllegalArgumentException(
          "sizes are not negative, as one of %d received, %d sent, %d below is"
              .formatted(receivedOctets, sentOctets, lowerLayersOctets));
    }
    if (receivedOctets + lowerLayersOctets == 0) {
      throw new IllegalArgumentException("nothing was received, so there is no factor");
    }
  }
}
