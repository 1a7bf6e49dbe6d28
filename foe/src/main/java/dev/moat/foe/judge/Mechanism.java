package dev.moat.foe.judge;

/** What withstands an attack, or makes the client know. */
public enum Mechanism {
  /**
   * Confirmable messages and an API that says unknown (RFC 7252, Section 4.2; the draft, Section
   * 2.1).
   */
  THREE_VALUED("confirmable messages and a three-valued outcome", "con"),
  /** Tokens that are never used twice (RFC 9175, Section 4.2). */
  TOKENS("token processing of RFC 9175, Section 4.2", "tokens"),
  /** Responses that are protected together with their request's nonce (RFC 8613, Section 5.4). */
  BINDING("the binding of responses to their requests by OSCORE", "binding"),
  /** Requests that are older than what the server keeps track of (RFC 8613, Section 7.4). */
  REPLAY_WINDOW("the replay window of OSCORE", "replay-window"),
  /** Freshness by Echo (RFC 9175, Section 2.3). */
  ECHO("freshness by Echo", "echo"),
  /** Reachability by Echo, and the limit of three times (RFC 9175, Section 2.4, item 3). */
  REACHABILITY("an address that did not prove itself by Echo gets little", "echo"),
  /** Fragments bound to their operation (RFC 9175, Section 3). */
  REQUEST_TAG("Request-Tag", "request-tag"),
  /** A bound on distance by the speed of light (the draft, Section 2.5). */
  TIME_BOUND("round-trip bound on distance", "time-bound"),
  /** Ends that show who they are, to ends that know whom to trust (RFC 9528, Section 9.1). */
  AUTHENTICATION("authentication of both ends by EDHOC", "authentication"),
  /** Suites that nobody can strip without notice (RFC 9528, Sections 5.2.3 and 6.3). */
  SUITES("the check of the suites that both support", "suites"),
  /** Keys and proofs that depend on every message (RFC 9528, Sections 4 and 9.1). */
  TRANSCRIPT("keys that depend on all messages of the handshake", "transcript"),
  /** Repeated messages are not processed again (RFC 9528, Section 7). */
  SAME_ANSWER("the answer that was given before, to a repeated message", "same-answer"),
  /** Forged messages do not end what the genuine peer can complete (RFC 9528, Section 9.7). */
  PATIENCE("a handshake that nothing unauthenticated ends", "patience"),
  /** Nothing is complete before the initiator has proven itself (RFC 9528, Section 5.4.3). */
  MESSAGE_3("no keys for anybody before a message_3 that verifies", "message-3");

  private final String title;
  private final String word;

  Mechanism(String title, String word) {
    this.title = title;
    this.word = word;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The short name in tables and JSON. */
  public String word() {
    return word;
  }
}
