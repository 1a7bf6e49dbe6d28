package dev.moat.endpoint.credentials;

/**
 * No connection or security association came about. The message is one sentence for people, without
 * secrets; it carries no stack trace, because anyone on the network can cause it.
 */
public final class HandshakeFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** A failure for this reason. */
  public HandshakeFailure(String sentence) {
    super(sentence, null, false, false);
  }
}
