package dev.moat.radio.lorawan.duty;

import dev.moat.radio.Direction;

/**
 * What is sent at one time.
 *
 * @param message the message it belongs to
 * @param appOctets the size of its FRMPayload; 0 for {@link Purpose#POLL}
 */
public record Frame(String message, Direction direction, Purpose purpose, int appOctets) {
  /** Why a frame is sent. */
  public enum Purpose {
    /** The first copy of a packet. */
    FIRST,
    /** A further copy, since the one before was lost. */
    AGAIN,
    /** An empty frame that opens receive windows. */
    POLL
  }
}
