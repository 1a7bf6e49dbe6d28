package dev.moat.endpoint;

import java.time.Duration;
import java.util.Optional;

/** What became of a ping. */
public sealed interface PingOutcome {
  /** The round trip; nothing when no reaction came. */
  default Optional<Duration> roundTrip() {
    return this instanceof Pong pong ? Optional.of(pong.time()) : Optional.empty();
  }

  /**
   * The peer is there.
   *
   * @param time from the ping to the reaction to it
   */
  record Pong(Duration time) implements PingOutcome {}

  /** The ping left, or waited to leave, and no reaction came. */
  record Silence() implements PingOutcome {}

  /**
   * The ping did not leave: there was no way to the peer.
   *
   * @param reason one sentence for people, such as why a handshake failed
   */
  record NotSent(String reason) implements PingOutcome {}
}
