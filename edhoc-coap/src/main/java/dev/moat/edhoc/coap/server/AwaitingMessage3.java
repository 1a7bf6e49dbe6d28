package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.run.ResponderStep.Completed;
import dev.moat.edhoc.run.ResponderStep.Rejected;
import java.util.Optional;

/**
 * Forward flow: message_2 is out.
 *
 * @param sentNanos when: the keys of the session depend on it
 */
record AwaitingMessage3(
    Desk desk, Peer peer, Bytes message1, Response message2, ResponderRun run, long sentNanos)
    implements Waiting {
  AwaitingMessage3 {
    message1 = message1.compact();
  }

  @Override
  public Progress receive(Bytes message3, Origin origin) {
    ResponderStep step = run.onMessage3(message3, desk.now());
    if (step instanceof Completed completed) {
      Optional<Response> failure = desk.establish(completed.session(), origin, sentNanos);
      run.close();
      Response answer =
          failure.orElseGet(
              () ->
                  completed.message4().map(desk.config()::response).orElseGet(EdhocMessages::done));
      return new Progress(new Concluded(message3, answer, failure.isEmpty()), answer);
    }
    return new Progress(
        this,
        step instanceof Rejected rejected
            ? desk.refused(origin, rejected.why(), rejected.errorMessage())
            : desk.heard(origin, message3));
  }

  @Override
  public Progress failed(Bytes error, Origin origin) {
    return new Progress(this, desk.heard(origin, error));
  }

  @Override
  public boolean beganWith(Peer from, Bytes first) {
    return peer.equals(from) && message1.equals(first);
  }

  @Override
  public Response firstAnswer() {
    return message2;
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public boolean takesCombined() {
    return true;
  }

  @Override
  public int lengthOctets() {
    return message1.length() + message2.payload().length();
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
