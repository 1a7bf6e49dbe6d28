package dev.moat.cost.tls;

import java.util.Map;

/** What records and handshake messages are called (RFC 5246, RFC 6347, RFC 8446, RFC 9146). */
final class HandshakeNames {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;
  static final int WITH_CONNECTION_ID = 25;

  /** What cannot be read. */
  static final String ENCRYPTED = "[encrypted]";

  private static final Map<Integer, String> MESSAGES =
      Map.ofEntries(
          Map.entry(0, "HelloRequest"),
          Map.entry(1, "ClientHello"),
          Map.entry(2, "ServerHello"),
          Map.entry(3, "HelloVerifyRequest"),
          Map.entry(4, "NewSessionTicket"),
          Map.entry(11, "Certificate"),
          Map.entry(12, "ServerKeyExchange"),
          Map.entry(13, "CertificateRequest"),
          Map.entry(14, "ServerHelloDone"),
          Map.entry(15, "CertificateVerify"),
          Map.entry(16, "ClientKeyExchange"),
          Map.entry(20, "Finished"));

  private HandshakeNames() {}

  /** The name of a handshake message in clear. */
  static String message(int type) {
    return MESSAGES.getOrDefault(type, "handshake message " + type);
  }

  /** The name of a record that is no handshake message in clear. */
  static String record(int contentType) {
    return switch (contentType) {
      case CHANGE_CIPHER_SPEC -> "ChangeCipherSpec";
      case ALERT -> "Alert";
      case HANDSHAKE -> "[Finished]";
      case APPLICATION_DATA, WITH_CONNECTION_ID -> ENCRYPTED;
      default -> "record " + contentType;
    };
  }
}
