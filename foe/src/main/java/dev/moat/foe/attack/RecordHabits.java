package dev.moat.foe.attack;

import dev.moat.foe.path.Format;
import java.util.Optional;

/**
 * What everybody knows of the software whose messages records hide: how they are framed, and how it
 * challenges.
 *
 * @param format how messages lie inside of the records
 * @param echo how its server challenges; empty when it never does
 * @param oscore true when messages are protected by OSCORE inside of the records
 */
public record RecordHabits(Format format, Optional<EchoHabits> echo, boolean oscore) {
  // RFC 7252, Section 3: header. RFC 8323, Sections 3.2 and 4.2: lengths and code, and what RFC
  // 6455, Section 5.2, puts before the content of a short frame from a server.
  private static final int UDP_HEADER_OCTETS = 4;
  private static final int TCP_HEADER_OCTETS = 3;
  private static final int SHORT_TCP_HEADER_OCTETS = 2;
  private static final int WEBSOCKET_HEADER_OCTETS = 4;
  // Its clients count their tokens, so that they are short (RFC 9175, Section 4.2).
  private static final int LEAST_TOKEN_OCTETS = 1;
  private static final int MOST_TOKEN_OCTETS = 2;
  // An OSCORE option without content, and the payload marker (RFC 8613, Section 2).
  private static final int OSCORE_FRAME_OCTETS = 2;

  /**
   * True for what has no room for a token: an empty acknowledgement, an alert, a WebSocket's Ping.
   */
  boolean isEmpty(int octets) {
    return octets <= (format == Format.TCP ? SHORT_TCP_HEADER_OCTETS : headerOctets());
  }

  /** True when a challenge, which is a code and the option, has this length. */
  boolean isChallenge(int octets) {
    return echo.isPresent()
        && octets >= challengeOctets() + LEAST_TOKEN_OCTETS
        && octets <= challengeOctets() + MOST_TOKEN_OCTETS;
  }

  /** True when an answer of this length has room for a value. */
  boolean mayRenew(int octets) {
    return echo.isPresent() && octets >= challengeOctets() + LEAST_TOKEN_OCTETS;
  }

  private int challengeOctets() {
    int option = oscore ? echo.map(EchoHabits::challengeOctets).orElse(0) : optionOctets();
    return headerOctets() + option + (oscore ? OSCORE_FRAME_OCTETS : 0);
  }

  int optionOctets() {
    return echo.map(EchoHabits::optionOctets).orElse(0);
  }

  private int headerOctets() {
    return switch (format) {
      case UDP -> UDP_HEADER_OCTETS;
      case TCP -> TCP_HEADER_OCTETS;
      case WEBSOCKET -> WEBSOCKET_HEADER_OCTETS;
    };
  }
}
