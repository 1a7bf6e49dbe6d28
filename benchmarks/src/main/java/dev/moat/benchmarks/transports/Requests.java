package dev.moat.benchmarks.transports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** GET /hello with a token of 4 octets, and the key and identity of all clients here. */
final class Requests {
  static final String IDENTITY = "load";
  static final byte[] KEY = "sixteen octets!!".getBytes(StandardCharsets.US_ASCII);
  static final int CONTENT = 0x45;

  private static final byte[] PATH = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final int GET = 1;
  private static final int URI_PATH = 0xb0;
  private static final int OPTION_OCTETS = 1 + PATH.length;

  private Requests() {}

  /** Over UDP or DTLS, confirmable (RFC 7252, Section 3). */
  static byte[] datagram(int messageId) {
    return ByteBuffer.allocate(8 + OPTION_OCTETS)
        .put((byte) 0x44)
        .put((byte) GET)
        .putShort((short) messageId)
        .putInt(messageId)
        .put((byte) (URI_PATH | PATH.length))
        .put(PATH)
        .array();
  }

  /** Over TCP (RFC 8323, Section 3.2). */
  static void writeFramed(ByteBuffer out, int token) {
    out.put((byte) (OPTION_OCTETS << 4 | 4))
        .put((byte) GET)
        .putInt(token)
        .put((byte) (URI_PATH | PATH.length))
        .put(PATH);
  }
}
