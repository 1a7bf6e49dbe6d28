package dev.moat.cost.exchange;

/** The protocols that are compared. */
public enum Protocol {
  /** RFC 9528. */
  EDHOC("EDHOC"),
  /** RFC 8613. */
  OSCORE("OSCORE"),
  /** RFC 6347. */
  DTLS_1_2("DTLS 1.2"),
  /** RFC 9147. */
  DTLS_1_3("DTLS 1.3"),
  /** RFC 8446. */
  TLS_1_3("TLS 1.3"),
  /** Compact TLS 1.3, a draft. */
  CTLS("cTLS"),
  /** Anything else. */
  OTHER("other");

  private final String words;

  Protocol(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
