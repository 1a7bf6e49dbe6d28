package dev.moat.engine.client;

/** When a client tags block-wise requests (RFC 9175, Sections 3.4 and 3.5). */
public enum RequestTagging {
  /** Each operation carries a tag of its own: what servers with actuators demand. */
  ALWAYS,
  /**
   * Only while an earlier operation that could be confused has not concluded, as Section 3.5.1
   * allows. Sound over security with replay protection only: without it an answered block can be
   * replayed.
   */
  WHEN_UNCONCLUDED,
  /** Never, as RFC 7959 alone: blocks of two bodies can be mixed. For laboratories. */
  INSECURE_NEVER
}
