package dev.moat.engine.echo;

/**
 * What an Echo value in a request turned out to be. To the peer all but {@link #VALID} look alike:
 * a new challenge.
 */
public enum EchoVerdict {
  /** Made here for this peer and a sufficient purpose, within the window. */
  VALID,
  /** Genuine, but older than the window. */
  EXPIRED,
  /** Genuine, but from a time that has not come: the clock it was made with ran ahead. */
  FUTURE,
  /** Genuine, but made for reachability where freshness is asked. */
  OTHER_PURPOSE,
  /** Not made here, or made for another peer: the two cannot be told apart. */
  FORGED,
  /** Made with a key that was rotated out, or never was. */
  UNKNOWN_KEY,
  /** Not of the length of our values. */
  MALFORMED
}
