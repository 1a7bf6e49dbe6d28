package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.responder.VerifiedMessage3;
import java.time.Instant;

/** The Responder's states of one kind of method, from message_2 to message_3. */
interface ResponderChain extends AutoCloseable {
  Bytes message2();

  ConnectionId cR();

  /** True when no other message_3 can be verified: one was, or the session is over. */
  boolean isOver();

  /** Verifies message_3; a failure leaves the chain where it was. */
  VerifiedMessage3 verify(Bytes message3, Instant now) throws EdhocException;

  /** Erases the keys. */
  @Override
  void close();
}
