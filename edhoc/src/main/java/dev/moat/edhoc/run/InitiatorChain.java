package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import java.time.Instant;

/** The Initiator's states of one kind of method, from message_1 to message_3. */
interface InitiatorChain extends AutoCloseable {
  Bytes message1();

  /** True when no other message_2 can be answered: one was, or the session is over. */
  boolean isOver();

  /** Verifies message_2 and composes message_3; a failure leaves the chain where it was. */
  AwaitingMessage4 answer(Bytes message2, Instant now) throws EdhocException;

  /** Erases the keys. */
  @Override
  void close();
}
