package dev.moat.engine.stream;

import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.PeerIdentity;

/**
 * What is known of a connection when it opens.
 *
 * @param framing how messages follow one another on it
 * @param initiated true when this endpoint opened it; requests may go both ways all the same (RFC
 *     8323, Section 2)
 * @param security how it is protected: {@link Arrival.Security#NONE} or TRANSPORT
 * @param identity whom the other end proved to be
 */
public record Connection(
    Framing framing, boolean initiated, Arrival.Security security, PeerIdentity identity) {

  /** How messages follow one another (RFC 8323, Sections 3.2 and 4.2). */
  public enum Framing {
    /** Each message begins with its length. */
    TCP,
    /** Each message is the content of one binary WebSocket frame. */
    WEBSOCKET
  }
}
