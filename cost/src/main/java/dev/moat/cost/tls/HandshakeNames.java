package dev.moat.cost.tls;

import dev.moat.cost.records.SecureRecord;

/** What records are called that are no handshake messages in clear (RFC 5246, RFC 9146). */
final class HandshakeNames {
  /** What cannot be read. */
  static final String ENCRYPTED = "[encrypted]";

  private HandshakeNames() {}

  /** The name of a record by its content type. */
  static String record(int contentType) {
    return switch (contentType) {
      case SecureRecord.CHANGE_CIPHER_SPEC -> "ChangeCipherSpec";
      case SecureRecord.ALERT -> "Alert";
      case SecureRecord.HANDSHAKE -> "[Finished]";
      case SecureRecord.APPLICATION_DATA, SecureRecord.WITH_CONNECTION_ID -> ENCRYPTED;
      default -> "record " + contentType;
    };
  }
}
