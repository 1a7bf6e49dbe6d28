package dev.moat.radio.sizes;

/** Sizes of CoAP over UDP (RFC 7252, section 3). */
public final class CoapSize {
  /** Version, type, token length, code and Message ID. */
  public static final int HEADER = 4;

  private static final int MARKER = 1;

  private CoapSize() {}

  /**
   * An option with its header (RFC 7252, section 3.1).
   *
   * @param delta how far its number is from that of the option before it
   * @param valueOctets the size of its value
   */
  public static int option(int delta, int valueOctets) {
    return 1 + extension(delta) + extension(valueOctets) + valueOctets;
  }

  /**
   * A message.
   *
   * @param tokenOctets the size of its token
   * @param optionsOctets the sum of its {@linkplain #option options}
   * @param payloadOctets its payload without the marker; 0 for none, which needs no marker
   */
  public static int message(int tokenOctets, int optionsOctets, int payloadOctets) {
    int payload = payloadOctets == 0 ? 0 : MARKER + payloadOctets;
    return HEADER + tokenOctets + optionsOctets + payload;
  }

  private static int extension(int value) {
    if (value < 13) {
      return 0;
    }
    return value < 269 ? 1 : 2;
  }
}
