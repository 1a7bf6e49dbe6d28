package dev.moat.cost.verdict;

/** How much the requirements document wants it. */
public enum Level {
  /** Without it the key exchange does not fit. */
  MUST,
  /** Wanted, and measured. */
  SHOULD
}
