package dev.moat.cost.exchange;

/** Where the sizes come from. */
public enum Origin {
  /** Sent by a running stack in this run. */
  MEASURED,
  /** Read from a document; nothing of it ran here. */
  PUBLISHED,
  /** Read from a capture. */
  CAPTURED
}
