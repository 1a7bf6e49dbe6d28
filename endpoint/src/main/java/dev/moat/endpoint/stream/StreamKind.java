package dev.moat.endpoint.stream;

import dev.moat.engine.stream.Connection;

/** How a connection carries CoAP (RFC 8323). */
public enum StreamKind {
  /** coap+tcp: TCP without protection (Section 8.1). */
  TCP(false, Connection.Framing.TCP),
  /** coaps+tcp: TLS over TCP (Section 8.2). */
  TLS(true, Connection.Framing.TCP),
  /** coap+ws: WebSockets without protection (Section 8.3). */
  WS(false, Connection.Framing.WEBSOCKET),
  /** coaps+ws: WebSockets over TLS (Section 8.4). */
  WSS(true, Connection.Framing.WEBSOCKET);

  private final boolean secured;
  private final Connection.Framing framing;

  StreamKind(boolean secured, Connection.Framing framing) {
    this.secured = secured;
    this.framing = framing;
  }

  /** True when TLS protects the connection. */
  public boolean secured() {
    return secured;
  }

  /** How messages follow one another. */
  public Connection.Framing framing() {
    return framing;
  }
}
