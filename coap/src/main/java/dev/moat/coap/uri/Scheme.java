package dev.moat.coap.uri;

import java.util.Optional;

/** The URI schemes of CoAP (RFC 7252, Section 6; RFC 8323, Section 8). */
public enum Scheme {
  /** CoAP over UDP. */
  COAP("coap", 5683, false),
  /** CoAP over DTLS. */
  COAPS("coaps", 5684, true),
  /** CoAP over TCP. */
  COAP_TCP("coap+tcp", 5683, false),
  /** CoAP over TLS. */
  COAPS_TCP("coaps+tcp", 5684, true),
  /** CoAP over WebSockets. */
  COAP_WS("coap+ws", 80, false),
  /** CoAP over secured WebSockets. */
  COAPS_WS("coaps+ws", 443, true);

  private final String text;
  private final int defaultPort;
  private final boolean secured;

  Scheme(String text, int defaultPort, boolean secured) {
    this.text = text;
    this.defaultPort = defaultPort;
    this.secured = secured;
  }

  /** The scheme written as {@code text}, in any case. */
  public static Optional<Scheme> of(String text) {
    for (Scheme scheme : values()) {
      if (scheme.text.equalsIgnoreCase(text)) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }

  /** The port when a URI names none. */
  public int defaultPort() {
    return defaultPort;
  }

  /** True when the transport is (D)TLS. */
  public boolean isSecured() {
    return secured;
  }

  /** The scheme as in a URI, without colon. */
  @Override
  public String toString() {
    return text;
  }
}
