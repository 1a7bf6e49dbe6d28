package dev.moat.cost.tls;

import java.util.Locale;

/** A TLS 1.3 handshake to measure, on P-256 certificates; one from each side that authenticates. */
public enum TlsShape {
  /** The server shows a certificate, the client stays anonymous. */
  SERVER_AUTHENTICATION("X.509 server authentication, ECDHE"),
  /** Both sides show a certificate. */
  MUTUAL("X.509s, ECDHE"),
  /** Both did in a handshake before, of which a ticket is left (RFC 8446, Section 2.2). */
  RESUMPTION("resumption PSK, ECDHE");

  private final String words;

  TlsShape(String words) {
    this.words = words;
  }

  /** A key for tables and files, as {@code tls13-mutual}. */
  public String id() {
    return "tls13-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What people read. */
  public String title() {
    return "TLS 1.3 - " + words + ", AES-GCM";
  }
}
