package dev.moat.edhoc.coap.server;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.InitiatorStep.Rejected;
import dev.moat.edhoc.run.InitiatorStep.Retry;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reverse flow: the client asked for message_1, and got it.
 *
 * @param run whose message_1 the client gets when it asks again
 * @param other another run whose message_1 it may have got
 */
record AwaitingMessage2(Desk desk, Peer peer, InitiatorRun run, Optional<InitiatorRun> other)
    implements Waiting {
  @Override
  public Progress receive(Bytes message2, Origin origin) {
    InitiatorStep step = run.onMessage2(message2, desk.now());
    if (step instanceof SendMessage3 sending) {
      return sent(run, message2, sending, origin);
    }
    if (other.isPresent()
        && other.get().onMessage2(message2, desk.now()) instanceof SendMessage3 sending) {
      return sent(other.get(), message2, sending, origin);
    }
    return new Progress(
        this,
        step instanceof Rejected rejected
            ? desk.refused(origin, rejected.why(), rejected.errorMessage())
            : desk.heard(origin, message2));
  }

  private Progress sent(
      InitiatorRun accepting, Bytes message2, SendMessage3 sending, Origin origin) {
    Response message3 = desk.config().response(sending.message3());
    if (desk.config().initiator().usesMessage4()) {
      both().filter(idle -> idle != accepting).forEach(InitiatorRun::close);
      return new Progress(
          new AwaitingMessage4(desk, accepting, message2, message3, origin.nowNanos()), message3);
    }
    Optional<Response> failure = desk.establish(sending.session(), origin, origin.nowNanos());
    close();
    Response answer = failure.orElse(message3);
    return new Progress(new Concluded(message2, answer, failure.isEmpty()), answer);
  }

  private Stream<InitiatorRun> both() {
    return Stream.concat(Stream.of(run), other.stream());
  }

  /**
   * The client wants another suite: the next time it asks, it gets message_1 with that, and with
   * the former when it refuses this one, too. Anyone can say so: the former run goes on, and where
   * the error was forged the client finds out that the suite was not the best both have (RFC 9528,
   * Section 6.3.1).
   */
  @Override
  public Progress failed(Bytes error, Origin origin) {
    Response heard = desk.heard(origin, error);
    if (!origin.peer().equals(peer) || !isWrongSuite(error)) {
      return new Progress(this, heard);
    }
    Optional<InitiatorRun> next = other.isPresent() ? other : retry(error);
    return new Progress(
        next.<Waiting>map(then -> new AwaitingMessage2(desk, peer, then, Optional.of(run)))
            .orElse(this),
        heard);
  }

  private Optional<InitiatorRun> retry(Bytes error) {
    return run.onError(error) instanceof Retry retry ? Optional.of(retry.next()) : Optional.empty();
  }

  private static boolean isWrongSuite(Bytes error) {
    try {
      return EdhocError.decode(error) instanceof EdhocError.WrongSuite;
    } catch (EdhocException unreadable) {
      return false;
    }
  }

  /** What the client sent first was empty: only its address tells it from others. */
  @Override
  public boolean beganWith(Peer from, Bytes first) {
    return peer.equals(from) && first.isEmpty();
  }

  @Override
  public Response firstAnswer() {
    return desk.config().response(run.message1());
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public int lengthOctets() {
    return both().mapToInt(each -> each.message1().length()).sum();
  }

  @Override
  public boolean isConcluded() {
    return false;
  }

  @Override
  public void close() {
    both().forEach(InitiatorRun::close);
  }
}
