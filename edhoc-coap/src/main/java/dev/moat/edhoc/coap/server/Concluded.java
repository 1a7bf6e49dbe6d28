package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.coap.EdhocMessages;

/**
 * The handshake is over: a repeat of the last message gets the same answer, without anything being
 * processed again (RFC 9528, Section 7).
 *
 * @param last the client's last message
 * @param answer what it was answered
 * @param established true when there is a security context
 */
record Concluded(Bytes last, Response answer, boolean established) implements Waiting {
  Concluded {
    last = last.compact();
  }

  @Override
  public Progress receive(Bytes message, Origin origin) {
    return new Progress(
        this, last.equals(message) ? answer : EdhocMessages.error(Reason.SESSION_ENDED));
  }

  @Override
  public boolean takesCombined() {
    return true;
  }

  @Override
  public int lengthOctets() {
    return last.length() + answer.payload().length();
  }

  @Override
  public boolean isConcluded() {
    return true;
  }

  /** Holds no secret. */
  @Override
  public void close() {}
}
