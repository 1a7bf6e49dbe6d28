package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.InitiatorStep.Rejected;
import dev.moat.edhoc.run.InitiatorStep.Retry;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import java.util.Optional;

/** Reverse flow: the client asked for message_1, and got it. */
record AwaitingMessage2(Desk desk, Peer peer, InitiatorRun run) implements Waiting {
  @Override
  public Progress receive(Bytes message2, Origin origin) {
    InitiatorStep step = run.onMessage2(message2, desk.now());
    if (step instanceof SendMessage3 sending) {
      return sent(message2, sending, origin);
    }
    return new Progress(
        this,
        step instanceof Rejected rejected
            ? desk.refused(origin, rejected.why(), rejected.errorMessage())
            : desk.heard(origin, message2));
  }

  private Progress sent(Bytes message2, SendMessage3 sending, Origin origin) {
    Response message3 = EdhocMessages.response(sending.message3());
    if (desk.config().initiator().usesMessage4()) {
      return new Progress(
          new AwaitingMessage4(desk, run, message2, message3, origin.nowNanos()), message3);
    }
    Optional<Response> failure = desk.establish(sending.session(), origin, origin.nowNanos());
    run.close();
    Response answer = failure.orElse(message3);
    return new Progress(new Concluded(message2, answer, failure.isEmpty()), answer);
  }

  /**
   * The client wants another suite: the next time it asks, it gets message_1 with that. Anyone can
   * say so, once; the client then finds out that it was not the best both have (RFC 9528, 6.3.1).
   */
  @Override
  public Progress failed(Bytes error, Origin origin) {
    Response heard = desk.heard(origin, error);
    InitiatorStep step = run.onError(error);
    if (step instanceof Retry retry) {
      run.close();
      return new Progress(new AwaitingMessage2(desk, peer, retry.next()), heard);
    }
    return new Progress(this, heard);
  }

  /** What the client sent first was empty: only its address tells it from others. */
  @Override
  public boolean beganWith(Peer from, Bytes first) {
    return peer.equals(from) && first.isEmpty();
  }

  @Override
  public Response firstAnswer() {
    return EdhocMessages.response(run.message1());
  }

  @Override
  public int lengthOctets() {
    return run.message1().length();
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
