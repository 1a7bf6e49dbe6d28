package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.halfopen.HalfOpen;

/** A state of a handshake that waits for the client's next message. */
interface Waiting extends HalfOpen {
  /**
   * Processes a message. One that is refused leaves the state as it is: it may be forged, and the
   * genuine one still come (RFC 9528, Section 9.7).
   */
  Progress receive(Bytes message, Origin origin);

  /** True where a message that anyone can make costs a computation with public keys. */
  default boolean isCostly() {
    return false;
  }

  /** True where message_3 of a combined request may come (RFC 9668, Section 3.3.1). */
  default boolean takesCombined() {
    return false;
  }

  /** Hears that the client gave up, which anyone can say; the state as it is by default. */
  default Progress failed(Bytes error, Origin origin) {
    return new Progress(this, EdhocMessages.done());
  }

  /** True when {@code first} is the message that this handshake began with, from the same peer. */
  default boolean beganWith(Peer peer, Bytes first) {
    return false;
  }

  /** What the first message was answered. */
  default Response firstAnswer() {
    throw new IllegalStateException("this handshake has gone on");
  }

  /**
   * What a message leads to.
   *
   * @param next the state to be put back
   * @param answer to the message
   */
  record Progress(Waiting next, Response answer) {}
}
