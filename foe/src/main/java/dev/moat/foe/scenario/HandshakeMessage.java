package dev.moat.foe.scenario;

import java.util.Arrays;
import java.util.Optional;

/** The messages of a handshake, as ladders and evidence call them (RFC 9528, Appendix A.2). */
public enum HandshakeMessage {
  /** The initiator begins. */
  MESSAGE_1("message_1"),
  /** The responder proves itself. */
  MESSAGE_2("message_2"),
  /** The initiator proves itself. */
  MESSAGE_3("message_3"),
  /** The responder confirms the keys, where that is in use. */
  MESSAGE_4("message_4"),
  /** An end gives up, or somebody says so. */
  ERROR("error"),
  /** The answer to message_3 that carries nothing. */
  DONE("done");

  private final String word;

  HandshakeMessage(String word) {
    this.word = word;
  }

  /** The name in ladders. */
  public String word() {
    return word;
  }

  static Optional<HandshakeMessage> at(LineCursor line) {
    return Arrays.stream(values()).filter(message -> line.takeWord(message.word)).findFirst();
  }
}
