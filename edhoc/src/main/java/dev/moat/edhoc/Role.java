package dev.moat.edhoc;

/** Which side of a session (RFC 9528, Section 2); independent of who is client in a transport. */
public enum Role {
  /** Sends message_1 and message_3. */
  INITIATOR,
  /** Sends message_2 and message_4. */
  RESPONDER;

  /** The other side. */
  public Role other() {
    return this == INITIATOR ? RESPONDER : INITIATOR;
  }
}
