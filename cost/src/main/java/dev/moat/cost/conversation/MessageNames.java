package dev.moat.cost.conversation;

/** What messages are called in tables. */
final class MessageNames {
  /** An empty request that asks the server to begin (RFC 9528, Appendix A.2.2). */
  static final String TRIGGER = "trigger";

  /** A 2.04 without payload: it says that message_3 has come. */
  static final String RESPONSE_TO_MESSAGE_3 = "response to message_3";

  /** message_3 with the first protected request (RFC 9668). */
  static final String COMBINED = "message_3 with request";

  /** A request under OSCORE. */
  static final String REQUEST = "protected request";

  /** A response under OSCORE. */
  static final String RESPONSE = "protected response";

  /** 4.01 with Echo: the client is asked to prove its address (RFC 9175, Section 2.4). */
  static final String CHALLENGE = "challenge";

  /** An EDHOC error message (RFC 9528, Section 6). */
  static final String ERROR = "error message";

  private MessageNames() {}
}
