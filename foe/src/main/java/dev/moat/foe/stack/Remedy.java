package dev.moat.foe.stack;

/** What can be added to RFC 7252 and 7959, one by one. */
public enum Remedy {
  /** Confirmable requests to actuators, and an API that says "unknown". */
  CON("con", "only confirmable requests to actuators and a three-valued outcome"),
  /** Token processing of RFC 9175, Section 4.2. */
  TOKENS("tokens", "only tokens that are never used twice"),
  /** Echo, for freshness and for reachability. */
  ECHO("echo", "only Echo, for freshness and for reachability"),
  /** Request-Tag on both sides. */
  REQUEST_TAG("request-tag", "only Request-Tag");

  private final String word;
  private final String description;

  Remedy(String word, String description) {
    this.word = word;
    this.description = description;
  }

  /** The name in columns and on the command line. */
  public String word() {
    return word;
  }

  String description() {
    return description;
  }
}
