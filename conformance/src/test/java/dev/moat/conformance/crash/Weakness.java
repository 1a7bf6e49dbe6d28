package dev.moat.conformance.crash;

/** What is taken away from the endpoints, to see that the tests notice. */
enum Weakness {
  /** Nothing: as it should be. */
  NONE,
  /** Sequence numbers are saved now and then only, and go on from there. */
  NO_RESERVATION,
  /** The replay window is trusted, whatever happened before. */
  NO_RESYNCHRONISATION
}
