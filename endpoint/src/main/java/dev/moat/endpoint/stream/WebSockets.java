package dev.moat.endpoint.stream;

import dev.moat.endpoint.stream.ws.WsRules;
import java.util.Set;

/**
 * What may ask for a WebSocket, and how long its messages are.
 *
 * @param allowedOrigins the values of Origin that a server takes, for example {@code
 *     https://app.example}. A request without Origin, as programs send it, is always taken; one
 *     with another is refused, because a browser sends it for any page that its user visits, also
 *     for one that wants to reach the devices in the user's network (RFC 6455, Section 10.2)
 * @param headerOctets the most that the headers of an upgrade may have
 * @param messageOctets the longest message, in one frame or in fragments; the protocol's limit, as
 *     its CSM announces it, counts where it is lower
 */
public record WebSockets(Set<String> allowedOrigins, int headerOctets, int messageOctets) {
  /** Copies the set and checks the limits. */
  public WebSockets {
    allowedOrigins = Set.copyOf(allowedOrigins);
    if (headerOctets < 512 || headerOctets > 1 << 16) {
      throw new IllegalArgumentException("headerOctets must be 512 to 65536: " + headerOctets);
    }
    if (messageOctets < 64) {
      throw new IllegalArgumentException("messageOctets must be at least 64: " + messageOctets);
    }
  }

  /** No origin, headers up to 8 KiB, messages up to 64 KiB. */
  public static WebSockets defaults() {
    return new WebSockets(Set.of(), 8192, 1 << 16);
  }

  /** These for a protocol that takes messages of {@code protocolOctets} at most. */
  WsRules rules(int protocolOctets) {
    return new WsRules(allowedOrigins, headerOctets, Math.min(messageOctets, protocolOctets));
  }

  /** This with other origins. */
  public WebSockets withAllowedOrigins(Set<String> origins) {
    return new WebSockets(origins, headerOctets, messageOctets);
  }

  /** This with other limits. */
  public WebSockets withLimits(int newHeaderOctets, int newMessageOctets) {
    return new WebSockets(allowedOrigins, newHeaderOctets, newMessageOctets);
  }
}
