package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskResumption;
import dev.moat.edhoc.session.EdhocSession;

/** An Initiator of production in the place of a trace's one; its steps come in this order. */
interface TracedInitiator {
  /** message_1. */
  Bytes message1() throws EdhocException;

  /** Verifies message_2, and answers with message_3. */
  Bytes message3(Bytes message2) throws EdhocException;

  /** Verifies message_4. */
  void message4(Bytes message4) throws EdhocException;

  /** The session, after message_3. */
  EdhocSession session();

  /** The key to resume the session with; the caller closes it. */
  default PskCredential resumption() {
    return PskResumption.after(session());
  }
}
