package dev.moat.edhoc.run;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.session.EdhocSession;
import java.util.Optional;

/** What a Responder does with a message. */
public sealed interface ResponderStep {
  /**
   * message_2 is to be sent.
   *
   * @param message2 message_2
   * @param run waits for message_3
   */
  record SendMessage2(Bytes message2, ResponderRun run) implements ResponderStep {}

  /**
   * The Initiator is authenticated, and the run is over.
   *
   * @param session the session
   * @param message4 to be sent, if the profile has it
   */
  record Completed(EdhocSession session, Optional<Bytes> message4) implements ResponderStep {}

  /**
   * The message was refused; a run, if there is one, is where it was. Waiting goes on until the
   * genuine message comes, or the caller closes the run.
   *
   * @param why the failed check
   * @param errorMessage for the peer, if the run is given up; empty where none may be sent
   */
  record Rejected(EdhocException why, Optional<Bytes> errorMessage) implements ResponderStep {}

  /**
   * The peer, or someone else, reports an error, which is never answered. The run is where it was.
   *
   * @param error the report
   */
  record PeerAborted(EdhocError error) implements ResponderStep {}
}
