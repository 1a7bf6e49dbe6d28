package dev.moat.conformance.interop.transport;

/** What stands below CoAP, and how the two sides know each other. */
enum Channel {
  /** A pre-shared key. */
  DTLS_PSK("coaps", true),
  /** Raw public keys of both sides (RFC 7250). */
  DTLS_RPK("coaps", true),
  /** Certificates of both sides. */
  DTLS_X509("coaps", true),
  /** The same, with a connection id of the server's choice (RFC 9146). */
  DTLS_CID("coaps", true),
  /** No protection. */
  TCP("coap+tcp", false),
  /** Certificates of both sides. */
  TLS("coaps+tcp", false),
  /** No protection (RFC 8323, Section 4). */
  WS("coap+ws", false),
  /** Certificates of both sides. */
  WSS("coaps+ws", false);

  private final String scheme;
  private final boolean datagrams;

  Channel(String scheme, boolean datagrams) {
    this.scheme = scheme;
    this.datagrams = datagrams;
  }

  /** Where its resources are, on a port of the loopback address. */
  String base(int port) {
    return scheme + "://127.0.0.1:" + port;
  }

  /** True for DTLS. */
  boolean datagrams() {
    return datagrams;
  }

  /** True where both sides show certificates. */
  boolean certified() {
    return this == DTLS_X509 || this == DTLS_CID || this == TLS || this == WSS;
  }
}
