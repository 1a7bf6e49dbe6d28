package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.session.EdhocSession;
import java.util.Optional;

/** What an Initiator does with a message. */
public sealed interface InitiatorStep {
  /**
   * The Responder is authenticated, and message_3 is to be sent. With message_4 in the profile the
   * run waits for it; without, the run is over and the session is confirmed by the first verified
   * message from the Responder.
   *
   * @param message3 message_3
   * @param session the session, not confirmed yet
   */
  record SendMessage3(Bytes message3, EdhocSession session) implements InitiatorStep {}

  /**
   * message_4 was verified.
   *
   * @param session the session of {@link SendMessage3}, confirmed now
   */
  record Completed(EdhocSession session) implements InitiatorStep {}

  /**
   * The Responder demands another suite, and this endpoint has it. Whoever believes that closes the
   * old run and sends message_1 of the next; the error may be forged.
   *
   * @param next a run that does not retry again
   */
  record Retry(InitiatorRun next) implements InitiatorStep {}

  /**
   * The message was refused, and the run is where it was. Waiting goes on until the genuine message
   * comes, or the caller closes the run.
   *
   * @param why the failed check
   * @param errorMessage for the peer, if the run is given up; empty where none may be sent
   */
  record Rejected(EdhocException why, Optional<Bytes> errorMessage) implements InitiatorStep {}

  /**
   * The peer, or someone else, reports an error, which is never answered. The run is where it was.
   *
   * @param error the report
   */
  record PeerAborted(EdhocError error) implements InitiatorStep {}
}
