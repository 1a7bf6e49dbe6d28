package dev.moat.cli.conform.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderStep;
import java.util.Optional;

/**
 * What a run makes of a message.
 *
 * @param word accepted, refused, aborted or tried again
 * @param errorMessage what it would send, if it gave up
 */
record Outcome(String word, Optional<Bytes> errorMessage) {
  static Outcome of(InitiatorStep step) {
    if (step instanceof InitiatorStep.Rejected rejected) {
      return new Outcome("refused", rejected.errorMessage());
    }
    if (step instanceof InitiatorStep.PeerAborted) {
      return new Outcome("aborted", Optional.empty());
    }
    return new Outcome(
        step instanceof InitiatorStep.Retry ? "tried again" : "accepted", Optional.empty());
  }

  static Outcome of(ResponderStep step) {
    if (step instanceof ResponderStep.Rejected rejected) {
      return new Outcome("refused", rejected.errorMessage());
    }
    return new Outcome(
        step instanceof ResponderStep.PeerAborted ? "aborted" : "accepted", Optional.empty());
  }

  /** ERR_CODE of the error message; -1 when there is none. */
  int errorCode() {
    if (errorMessage.isEmpty()) {
      return -1;
    }
    try {
      return EdhocError.decode(errorMessage.get()).code();
    } catch (EdhocException malformed) {
      return -1;
    }
  }
}
