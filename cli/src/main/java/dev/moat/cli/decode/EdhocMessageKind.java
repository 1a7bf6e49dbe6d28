package dev.moat.cli.decode;

/** Which EDHOC message something is (RFC 9528, Sections 5 and 6). */
public enum EdhocMessageKind {
  /** message_1. */
  MESSAGE_1("message_1"),
  /** message_2. */
  MESSAGE_2("message_2"),
  /** message_3. */
  MESSAGE_3("message_3"),
  /** message_4. */
  MESSAGE_4("message_4"),
  /** message_2, message_3 or message_4: a byte string, which does not tell which. */
  ENCRYPTED("message_2, message_3 or message_4"),
  /** An error message. */
  ERROR("error message");

  private final String words;

  EdhocMessageKind(String words) {
    this.words = words;
  }

  /** As RFC 9528 calls it. */
  public String words() {
    return words;
  }
}
