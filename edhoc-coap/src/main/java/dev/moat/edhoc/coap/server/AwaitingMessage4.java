package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.InitiatorStep.Completed;
import dev.moat.edhoc.run.InitiatorStep.Rejected;
import java.util.Optional;

/**
 * Reverse flow: message_3 is out, and the profile has a message_4, without which there is no
 * security context.
 *
 * @param sentNanos when message_3 was sent, on which the client's keys depend
 */
record AwaitingMessage4(
    Desk desk, InitiatorRun run, Bytes message2, Response message3, long sentNanos)
    implements Waiting {
  AwaitingMessage4 {
    message2 = message2.compact();
  }

  @Override
  public Progress receive(Bytes message, Origin origin) {
    if (message.equals(message2)) {
      return new Progress(this, message3);
    }
    InitiatorStep step = run.onMessage4(message);
    if (step instanceof Completed completed) {
      Optional<Response> failure = desk.establish(completed.session(), origin, sentNanos);
      run.close();
      Response answer = failure.orElseGet(EdhocMessages::done);
      return new Progress(new Concluded(message, answer, failure.isEmpty()), answer);
    }
    return new Progress(
        this,
        step instanceof Rejected rejected
            ? desk.refused(origin, rejected.why(), rejected.errorMessage())
            : desk.heard(origin, message));
  }

  @Override
  public Progress failed(Bytes error, Origin origin) {
    return new Progress(this, desk.heard(origin, error));
  }

  @Override
  public int lengthOctets() {
    return message2.length() + message3.payload().length();
  }

  @Override
  public boolean isConcluded() {
    return false;
  }

  @Override
  public void close() {
    run.close();
  }
}
