package dev.moat.cost.records;

import dev.moat.bytes.Bytes;

/**
 * A record of TLS or DTLS.
 *
 * @param type the content type; for the unified header of DTLS 1.3, {@link #UNIFIED}
 * @param epoch of DTLS, as far as the header shows it; 0 for TLS
 * @param fragment what is behind the header
 */
public record SecureRecord(int type, int epoch, Bytes fragment) {
  /** What follows is protected (RFC 5246, Section 7.1). */
  public static final int CHANGE_CIPHER_SPEC = 20;

  /** Something went wrong, or the connection closes. */
  public static final int ALERT = 21;

  /** Handshake messages. */
  public static final int HANDSHAKE = 22;

  /** Application data; in TLS 1.3 anything that is protected. */
  public static final int APPLICATION_DATA = 23;

  /** RFC 6520. */
  public static final int HEARTBEAT = 24;

  /** Anything protected, with a connection identifier (RFC 9146). */
  public static final int WITH_CONNECTION_ID = 25;

  /** RFC 9147, Section 7. */
  public static final int ACK = 26;

  /** The bits that begin the unified header (RFC 9147, Section 4). */
  public static final int UNIFIED = 0x20;
}
