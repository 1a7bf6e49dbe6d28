package dev.moat.oscore.filter;

/** Which Partial IVs of verified requests a server takes (RFC 8613, Section 7.4). */
public enum RequestOrder {
  /** Whatever the replay window accepts: where messages may be lost, or overtake one another. */
  WINDOW,
  /**
   * On each connection only the one after the last, and at first one that is newer than all before.
   * What is missing was taken away, and what comes late was held back, on a transport that does
   * neither.
   */
  NEXT
}
