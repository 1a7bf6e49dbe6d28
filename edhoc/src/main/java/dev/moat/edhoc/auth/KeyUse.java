package dev.moat.edhoc.auth;

/** What the keys of a session are for. */
public enum KeyUse {
  /** An OSCORE security context, whose identifiers have to differ (RFC 9528, Section 3.3.3). */
  OSCORE,
  /** Something else. */
  OTHER
}
