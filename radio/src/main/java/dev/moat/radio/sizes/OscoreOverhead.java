package dev.moat.radio.sizes;

import java.util.OptionalInt;

/**
 * How many octets OSCORE adds to a message with a payload (RFC 8613, sections 4.2, 5.3 and 6.1):
 * the OSCORE option, the code and payload marker that move into the ciphertext, and the tag. A
 * message without payload gets the same, as it then needs a marker it had not before.
 */
public final class OscoreOverhead {
  private static final int OSCORE_OPTION = 9;
  private static final int FLAGS = 1;
  private static final int INNER_CODE = 1;
  private static final int INNER_MARKER = 1;
  private static final int CONTEXT_LENGTH = 1;

  private OscoreOverhead() {}

  /**
   * Added to a request. The option is taken to be the first of the message.
   *
   * @param partialIvOctets 1 to 5
   * @param kidOctets the Sender ID; 0 when it is empty
   * @param kidContextOctets the kid context, when it is sent
   * @param tagOctets of the AEAD
   */
  public static int request(
      int partialIvOctets, int kidOctets, OptionalInt kidContextOctets, int tagOctets) {
    int context = kidContextOctets.isPresent() ? CONTEXT_LENGTH + kidContextOctets.getAsInt() : 0;
    return withOption(FLAGS + context + partialIvOctets + kidOctets, tagOctets);
  }

  /** Added to a response that takes the request's nonce: its option is empty. */
  public static int response(int tagOctets) {
    return withOption(0, tagOctets);
  }

  /** Added to a response with a Partial IV of its own. */
  public static int responseWithPartialIv(int partialIvOctets, int tagOctets) {
    return withOption(FLAGS + partialIvOctets, tagOctets);
  }

  private static int withOption(int valueOctets, int tagOctets) {
    return CoapSize.option(OSCORE_OPTION, valueOctets) + INNER_CODE + INNER_MARKER + tagOctets;
  }
}
