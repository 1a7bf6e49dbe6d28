package dev.moat.engine;

import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.SECURED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Notifications.End;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Outcome.Cause;
import dev.moat.coap.service.Outcome.Doubt;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a security association is over, so is everything that belonged to it. */
class AssociationEndTest {
  private static final Peer SUCCESSOR =
      new Peer(SECURED.high(), SECURED.low(), SECURED.port(), 0, SECURED.association() + 1);

  private final Driver node = new Driver(OPEN);

  private Request send(Peer to) {
    Request request = Request.to(to, Code.GET, "/lock");
    node.engine.send(request, node.now());
    node.drain();
    return request;
  }

  private void end() {
    node.engine.onAssociationEnded(SECURED, node.now());
    node.drain();
  }

  private Observation observedBy(Peer peer) {
    Option register = Option.uint(OptionNumber.OBSERVE, 0);
    node.receive(peer, Driver.message(MessageType.CON, 1, Code.GET, 0x4a, register));
    Observation observation =
        node.engine
            .observe(node.lastArrived().exchange(), Driver.content(1), node.now())
            .orElseThrow();
    node.drain();
    node.sent.clear();
    return observation;
  }

  @Test
  void leavesDoubtOfARequestThatIsOut() {
    Request request = send(SECURED);
    end();
    assertThat(node.outcomes).containsExactly(new Outcome.Unknown(request, Doubt.CONNECTION_LOST));
  }

  @Test
  void provesThatAQueuedRequestNeverLeft() {
    send(SECURED);
    Request queued = send(SECURED); // NSTART is 1
    end();
    assertThat(node.outcomes)
        .contains(new Outcome.NotDelivered(queued, Cause.NO_CONNECTION))
        .hasSize(2);
    node.pass(300);
    assertThat(node.sent).hasSize(1);
    assertThat(node.outcomes).hasSize(2);
  }

  @Test
  void stopsRetransmissions() {
    send(SECURED);
    end();
    node.pass(300);
    assertThat(node.sent).hasSize(1);
  }

  @Test
  void touchesNobodyElse() {
    send(BOB);
    send(SUCCESSOR);
    end();
    assertThat(node.outcomes).isEmpty();
    node.pass(4);
    assertThat(node.sent).hasSize(4);
  }

  @Test
  @Tag("AT-24")
  void letsNoLateResponseMatch() {
    send(SECURED);
    Message request = node.takeOnly();
    end();
    Message late =
        Driver.reply(MessageType.ACK, request.messageId(), Code.CONTENT, request.token());
    node.receive(SECURED, late);
    node.receive(SUCCESSOR, late);
    assertThat(node.outcomes).hasSize(1).allMatch(Outcome.Unknown.class::isInstance);
  }

  @Test
  void endsObservationsOfTheOtherSide() {
    Observation observation = observedBy(SECURED);
    end();
    assertThat(node.others(Output.ObservationEnded.class))
        .containsExactly(new Output.ObservationEnded(observation, End.CONNECTION_LOST));
    node.engine.notify(observation, Driver.content(2), node.now());
    node.drain();
    assertThat(node.sent).isEmpty();
    assertThat(node.engine.load().observations()).isZero();
  }

  @Test
  void endsObservationsOfTheOtherSideWhileANotificationIsOut() {
    Observation observation = observedBy(SECURED);
    node.clock.advance(Duration.ofHours(30)); // the next one asks for an acknowledgement
    node.engine.notify(observation, Driver.content(2), node.now());
    node.engine.notify(observation, Driver.content(3), node.now());
    node.drain();
    assertThat(node.takeOnly().type()).isEqualTo(MessageType.CON);
    assertThat(node.others(Output.ObservationEnded.class)).isEmpty();
    end();
    node.pass(300);
    assertThat(node.sent).isEmpty();
    assertThat(node.others(Output.ObservationEnded.class)).hasSize(1);
  }

  @Test
  void endsOurOwnObservations() {
    Request register =
        Request.to(SECURED, Code.GET, "/lock").with(Option.uint(OptionNumber.OBSERVE, 0));
    Outbound exchange = node.engine.send(register, node.now());
    node.drain();
    Message sent = node.takeOnly();
    node.receive(
        SECURED,
        new Message(
            MessageType.ACK,
            sent.messageId(),
            Code.CONTENT,
            sent.token(),
            Options.of(Option.uint(OptionNumber.OBSERVE, 5)),
            Bytes.empty()));
    end();
    assertThat(node.others(Output.NotificationsEnded.class))
        .containsExactly(new Output.NotificationsEnded(exchange, End.CONNECTION_LOST));
  }

  @Test
  void losesPings() {
    node.engine.ping(SECURED, node.now());
    node.drain();
    end();
    assertThat(node.others(Output.PingLost.class)).hasSize(1);
  }

  @Test
  void forgetsThePeer() {
    send(SECURED);
    assertThat(node.engine.load().peers()).isEqualTo(1);
    end();
    assertThat(node.engine.load().peers()).isZero();
    assertThat(node.engine.load().openRequests()).isZero();
  }

  @Test
  void ofAPeerThatNothingIsKeptOfDoesNothing() {
    end();
    assertThat(node.all).isEmpty();
  }

  @Test
  void afterClosingDoesNothing() {
    send(SECURED);
    node.engine.close(node.now());
    node.drain();
    int before = node.all.size();
    end();
    assertThat(node.all).hasSize(before);
  }
}
