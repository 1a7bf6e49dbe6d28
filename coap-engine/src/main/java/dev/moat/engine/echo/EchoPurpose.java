package dev.moat.engine.echo;

/** What an Echo value was made to show. */
public enum EchoPurpose {
  /**
   * That a request is newer than the value; whoever returns it is reachable too (RFC 9175, Section
   * 2.3).
   */
  FRESHNESS,
  /**
   * That an address receives what is sent to it; never that a request is fresh (RFC 9175, Section
   * 2.6).
   */
  REACHABILITY
}
