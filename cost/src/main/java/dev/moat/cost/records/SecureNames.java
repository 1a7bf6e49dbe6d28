package dev.moat.cost.records;

/** What the messages of TLS and DTLS are called (RFC 8446, Section 4; RFC 5246; RFC 9147). */
public final class SecureNames {
  private SecureNames() {}

  /** A handshake message. */
  public static String handshake(int type) {
    return switch (type) {
      case 0 -> "HelloRequest";
      case 1 -> "ClientHello";
      case 2 -> "ServerHello";
      case 3 -> "HelloVerifyRequest";
      case 4 -> "NewSessionTicket";
      case 8 -> "EncryptedExtensions";
      case 11 -> "Certificate";
      case 12 -> "ServerKeyExchange";
      case 13 -> "CertificateRequest";
      case 14 -> "ServerHelloDone";
      case 15 -> "CertificateVerify";
      case 16 -> "ClientKeyExchange";
      case 20 -> "Finished";
      case 22 -> "CertificateStatus";
      default -> "handshake " + type;
    };
  }
}
