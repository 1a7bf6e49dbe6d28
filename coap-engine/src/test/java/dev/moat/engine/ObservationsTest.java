package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.content;
import static dev.moat.engine.Driver.empty;
import static dev.moat.engine.Driver.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications.End;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ObservationsTest {
  private static final Option REGISTER = Option.uint(OptionNumber.OBSERVE, 0);
  private static final Option DEREGISTER = Option.uint(OptionNumber.OBSERVE, 1);

  private Driver server = new Driver(OPEN);

  private static Message registration(MessageType type, int id, int token) {
    return message(type, id, Code.GET, token, REGISTER);
  }

  private Optional<Observation> observe(Peer peer, Message request) {
    server.receive(peer, request);
    Optional<Observation> observation =
        server.engine.observe(server.lastArrived().exchange(), state(0), server.now());
    server.drain();
    return observation;
  }

  private Observation observed() {
    Observation observation = observe(ALICE, registration(MessageType.CON, 1, 0x4a)).orElseThrow();
    server.takeAll();
    return observation;
  }

  private static Response state(int value) {
    return Response.text(Code.CONTENT, "state " + value);
  }

  private void change(Observation observation, int value) {
    server.engine.notify(observation, state(value), server.now());
    server.drain();
  }

  private List<End> ends() {
    return server.others(Output.ObservationEnded.class).stream()
        .map(Output.ObservationEnded::reason)
        .toList();
  }

  private void acknowledge(Message message) {
    server.receive(ALICE, empty(MessageType.ACK, message.messageId()));
  }

  private static long sequence(Message message) {
    return message.options().observe().orElseThrow();
  }

  @Nested
  class Section41Registration {
    @Test
    void answersWithObserveAndRemembersTheRelation() {
      Optional<Observation> observation = observe(ALICE, registration(MessageType.CON, 1, 0x4a));
      assertThat(observation).isPresent();
      assertThat(observation.get().peer()).isEqualTo(ALICE);
      assertThat(observation.get().token()).isEqualTo(Bytes.of(0x4a));
      assertThat(observation.get().isOver()).isFalse();
      Message first = server.takeOnly();
      assertThat(first.type()).isEqualTo(MessageType.ACK);
      assertThat(first.options().has(OptionNumber.OBSERVE)).isTrue();
      assertThat(server.engine.load().observations()).isEqualTo(1);
    }

    @Test
    void answersPlainlyWhatIsNoRegistration() {
      for (Message request :
          List.of(
              message(MessageType.CON, 1, Code.GET, 1),
              message(MessageType.CON, 2, Code.GET, 1, DEREGISTER),
              message(MessageType.CON, 3, Code.PUT, 1, REGISTER))) {
        assertThat(observe(ALICE, request)).isEmpty();
        assertThat(server.takeOnly().options().has(OptionNumber.OBSERVE)).isFalse();
      }
      Option quiet = Option.uint(OptionNumber.NO_RESPONSE, 2);
      assertThat(observe(ALICE, message(MessageType.CON, 4, Code.GET, 1, REGISTER, quiet)))
          .isEmpty();
      assertThat(server.takeOnly()).isEqualTo(empty(MessageType.ACK, 4));
    }

    @Test
    void answersPlainlyWithAnErrorAndToAGroup() {
      server.receive(ALICE, registration(MessageType.CON, 1, 1));
      Response missing = Response.of(Code.NOT_FOUND).with(REGISTER);
      assertThat(server.engine.observe(server.lastArrived().exchange(), missing, server.now()))
          .isEmpty();
      server.drain();
      assertThat(server.takeOnly().options().has(OptionNumber.OBSERVE)).isFalse();
      server.receiveFromGroup(ALICE, registration(MessageType.NON, 2, 1));
      assertThat(server.engine.observe(server.lastArrived().exchange(), state(0), server.now()))
          .isEmpty();
    }

    @Test
    void registeringAgainReplacesTheRelation() {
      Observation first = observed();
      Optional<Observation> second = observe(ALICE, registration(MessageType.CON, 2, 0x4a));
      assertThat(second).isPresent();
      assertThat(first.isOver()).isTrue();
      assertThat(ends()).containsExactly(End.REPLACED);
      assertThat(server.engine.load().observations()).isEqualTo(1);
    }

    @Test
    void aGetWithObserveOneDeregisters() {
      Observation observation = observed();
      server.receive(ALICE, message(MessageType.CON, 2, Code.GET, 0x4b, DEREGISTER));
      assertThat(observation.isOver()).isFalse();
      server.receive(ALICE, message(MessageType.CON, 3, Code.GET, 0x4a, DEREGISTER));
      assertThat(observation.isOver()).isTrue();
      assertThat(ends()).containsExactly(End.CANCELLED);
      server.takeAll();
      change(observation, 1);
      assertThat(server.sent).isEmpty();
      assertThat(server.arrived).as("the request itself is still answered").hasSize(3);
    }

    @Test
    void registersByASeparateResponse() {
      server.receive(ALICE, registration(MessageType.CON, 1, 1));
      server.pass(1);
      server.takeAll();
      Observation observation =
          server
              .engine
              .observe(server.lastArrived().exchange(), state(0), server.now())
              .orElseThrow();
      server.drain();
      Message first = server.takeOnly();
      assertThat(first.type()).isEqualTo(MessageType.CON);
      change(observation, 1);
      assertThat(server.sent).as("the first one is outstanding").isEmpty();
      acknowledge(first);
      assertThat(sequence(server.takeOnly())).isGreaterThan(sequence(first));
    }

    @Test
    void registersByANonConfirmableResponse() {
      Optional<Observation> observation = observe(ALICE, registration(MessageType.NON, 1, 1));
      Message first = server.takeOnly();
      assertThat(first.type()).isEqualTo(MessageType.NON);
      server.receive(ALICE, empty(MessageType.RST, first.messageId()));
      assertThat(observation.orElseThrow().isOver()).isTrue();
      assertThat(ends()).containsExactly(End.RESET);
    }

    @Test
    void refusesAnAnswerThatComesTooLate() {
      server.receive(ALICE, registration(MessageType.CON, 1, 1));
      server.pass(300);
      assertThat(server.engine.observe(server.lastArrived().exchange(), state(0), server.now()))
          .isEmpty();
    }

    @Test
    @Tag("AM-12")
    void capsRelationsOfOneAddressWhateverItsPortsAndTokens() {
      server = new Driver(OPEN.withLimits(EngineLimits.defaults().withObservations(3, 2)));
      Bytes address = Bytes.of(192, 0, 2, 9);
      assertThat(observe(Peer.of(address, 1), registration(MessageType.CON, 1, 1))).isPresent();
      assertThat(observe(Peer.of(address, 2), registration(MessageType.CON, 1, 1))).isPresent();
      assertThat(observe(Peer.of(address, 3), registration(MessageType.CON, 1, 1))).isEmpty();
      assertThat(observe(ALICE, registration(MessageType.CON, 1, 1))).isPresent();
      assertThat(observe(ALICE, registration(MessageType.CON, 2, 2))).as("in total").isEmpty();
      assertThat(server.events(EngineEvent.Refused.class)).hasSize(2);
    }
  }

  @Nested
  class Section45Transmission {
    @Test
    @Tag("AM-10")
    void asksForAnAcknowledgementAfterFiveNotifications() {
      Observation observation = observed();
      for (int i = 1; i <= 8; i++) {
        server.pass(1);
        change(observation, i);
      }
      assertThat(server.takeAll().stream().map(Message::type))
          .startsWith(
              MessageType.NON, MessageType.NON, MessageType.NON, MessageType.NON, MessageType.NON)
          .contains(MessageType.CON);
      server.pass(200);
      assertThat(ends()).containsExactly(End.SILENT);
      server.takeAll();
      change(observation, 9);
      assertThat(server.sent).isEmpty();
    }

    @Test
    void asksEachTimeWhenTheResourceWantsIt() {
      Observation observation = observed();
      observation.confirmEvery();
      for (int i = 1; i <= 3; i++) {
        change(observation, i);
        Message notification = server.takeAll().get(0);
        assertThat(notification.type()).isEqualTo(MessageType.CON);
        acknowledge(notification);
      }
    }

    @Test
    void beginsToCountAgainAfterAnAcknowledgement() {
      Observation observation = observed();
      for (int i = 1; i <= 6; i++) {
        change(observation, i);
      }
      acknowledge(server.takeAll().get(5));
      change(observation, 7);
      assertThat(server.takeOnly().type()).isEqualTo(MessageType.NON);
      assertThat(observation.isOver()).isFalse();
    }

    @Test
    @Tag("AM-11")
    void asksForAnAcknowledgementOnceADay() {
      Observation observation = observed();
      server.pass(Duration.ofHours(24).minusSeconds(1));
      assertThat(server.sent).isEmpty();
      server.pass(1);
      Message daily = server.takeOnly();
      assertThat(daily.type()).isEqualTo(MessageType.CON);
      assertThat(daily.payload().toUtf8()).isEqualTo("state 0");
      acknowledge(daily);
      server.pass(Duration.ofHours(25));
      assertThat(server.sent).hasSizeGreaterThanOrEqualTo(1);
      assertThat(observation.isOver()).as("never acknowledged again").isTrue();
    }

    @Test
    @Tag("AM-11")
    void aNotificationAfterADayIsConfirmableToo() {
      Observation observation = observed();
      server.clock.advance(Duration.ofHours(30));
      change(observation, 1);
      assertThat(server.takeOnly().type()).isEqualTo(MessageType.CON);
      server.engine.onTimeout(server.now());
      server.drain();
      assertThat(server.sent).isEmpty();
    }

    @Test
    void sequenceNumbersAlwaysGrow() {
      Observation observation = observed();
      long last = -1;
      for (int i = 0; i < 50; i++) {
        change(observation, i);
        server.pass(Duration.ofMillis(i % 3));
        for (Message message : server.takeAll()) {
          if (message.options().has(OptionNumber.OBSERVE)) {
            long ahead = sequence(message) - last & 0xff_ffff;
            assertThat(last < 0 || ahead > 0 && ahead < 1 << 23).isTrue();
            last = sequence(message);
          }
          if (message.type() == MessageType.CON) {
            acknowledge(message);
          }
        }
      }
    }

    @Test
    void aResetOfANonConfirmableNotificationEndsTheRelation() {
      Observation observation = observed();
      change(observation, 1);
      server.receive(ALICE, empty(MessageType.RST, server.takeOnly().messageId()));
      assertThat(ends()).containsExactly(End.RESET);
      assertThat(server.engine.load().observations()).isZero();
    }

    @Test
    void remembersOnlyTheLatestNotificationsForAReset() {
      server = new Driver(OPEN.withObserve(new ObservePolicy(20, ObservePolicy.DAY_NANOS, 0)));
      Observation observation = observed();
      for (int i = 0; i < 9; i++) {
        change(observation, i);
      }
      List<Message> sent = server.takeAll();
      server.receive(ALICE, empty(MessageType.RST, sent.get(0).messageId()));
      assertThat(observation.isOver()).isFalse();
      server.receive(ALICE, empty(MessageType.RST, sent.get(1).messageId()));
      assertThat(observation.isOver()).isTrue();
    }

    @Test
    void keepsToThePace() {
      server =
          new Driver(
              OPEN.withObserve(new ObservePolicy(5, ObservePolicy.DAY_NANOS, 1_000_000_000L)));
      Observation observation = observed();
      server.pass(2);
      change(observation, 1);
      change(observation, 2);
      change(observation, 3);
      assertThat(server.takeOnly().payload().toUtf8()).isEqualTo("state 1");
      server.pass(1);
      assertThat(server.takeOnly().payload().toUtf8()).isEqualTo("state 3");
      server.pass(10);
      assertThat(server.sent).isEmpty();
    }

    @Test
    void theRelationEndsWhenANotificationCannotBeSent() {
      Observation observation = observed();
      server.engine.notify(observation, content(70_000), server.now());
      server.drain();
      assertThat(ends()).containsExactly(End.EVICTED);
    }
  }

  @Nested
  class Section452NewestStateWins {
    private Observation observation;
    private Message outstanding;

    private void begin() {
      server = new Driver(OPEN.withObserve(new ObservePolicy(0, ObservePolicy.DAY_NANOS, 0)));
      observation = observed();
      change(observation, 1);
      outstanding = server.takeOnly();
      change(observation, 2);
      change(observation, 3);
      assertThat(server.sent).isEmpty();
    }

    @Test
    void theNextCopyCarriesTheNewestStateUnderANewMessageId() {
      begin();
      server.pass(4);
      Message next = server.takeOnly();
      assertThat(next.payload().toUtf8()).isEqualTo("state 3");
      assertThat(next.messageId()).isNotEqualTo(outstanding.messageId());
      assertThat(sequence(next)).isGreaterThan(sequence(outstanding));
    }

    @Test
    void theBackOffGoesOnFromWhereItWas() {
      begin();
      server.pass(200);
      assertThat(server.takeAll()).hasSize(4);
      assertThat(ends()).containsExactly(End.SILENT);
    }

    @Test
    void anAcknowledgementLetsTheNewestStateOut() {
      begin();
      acknowledge(outstanding);
      assertThat(server.takeOnly().payload().toUtf8()).isEqualTo("state 3");
    }

    @Test
    void anAcknowledgementOfAnOlderStateShowsInterest() {
      begin();
      server.pass(4);
      acknowledge(outstanding);
      assertThat(observation.isOver()).isFalse();
      server.pass(70);
      assertThat(observation.isOver()).as("the back-off began anew").isFalse();
      server.receive(ALICE, empty(MessageType.RST, outstanding.messageId()));
      assertThat(ends()).containsExactly(End.RESET);
    }
  }

  @Nested
  class Section42Ends {
    @Test
    void anErrorNotificationIsTheLast() {
      Observation observation = observed();
      server.engine.notify(observation, Response.of(Code.NOT_FOUND), server.now());
      server.drain();
      Message last = server.takeOnly();
      assertThat(last.type()).isEqualTo(MessageType.CON);
      assertThat(last.code()).isEqualTo(Code.NOT_FOUND);
      assertThat(ends()).containsExactly(End.RESOURCE_ENDED);
    }

    @Test
    void endingSendsALastResponseWithoutObserve() {
      Observation observation = observed();
      server.engine.end(observation, state(1).with(REGISTER), server.now());
      server.engine.end(observation, state(2), server.now());
      server.drain();
      Message last = server.takeOnly();
      assertThat(last.options().has(OptionNumber.OBSERVE)).isFalse();
      acknowledge(last);
      server.pass(100);
      assertThat(server.sent).isEmpty();
      assertThat(ends()).containsExactly(End.RESOURCE_ENDED);
    }

    @Test
    void endingStopsWhatIsOutstanding() {
      server = new Driver(OPEN.withObserve(new ObservePolicy(0, ObservePolicy.DAY_NANOS, 0)));
      Observation observation = observed();
      change(observation, 1);
      server.takeAll();
      server.engine.end(observation, state(2), server.now());
      server.drain();
      acknowledge(server.takeOnly());
      server.pass(100);
      assertThat(server.sent).isEmpty();
    }

    @Test
    void closingEndsAllRelations() {
      observed();
      server.engine.close(server.now());
      server.drain();
      assertThat(ends()).containsExactly(End.EVICTED);
      assertThat(server.engine.load().observations()).isZero();
    }

    @Test
    void tooManyBusyPeersEvictTheRelation() {
      server =
          new Driver(
              OPEN.withLimits(EngineLimits.defaults().withPeers(1))
                  .withObserve(new ObservePolicy(0, ObservePolicy.DAY_NANOS, 0)));
      Observation first = observed();
      Observation second = observe(Driver.BOB, registration(MessageType.CON, 1, 1)).orElseThrow();
      Observation third =
          observe(Driver.SECURED, registration(MessageType.CON, 1, 1)).orElseThrow();
      server.takeAll();
      change(first, 1);
      change(second, 1);
      assertThat(second.isOver()).isTrue();
      server.engine.end(third, state(1), server.now());
      server.drain();
      assertThat(ends()).containsExactly(End.EVICTED, End.RESOURCE_ENDED);
      assertThat(server.events(EngineEvent.Unsendable.class)).hasSize(1);
      server.receive(Driver.BOB, message(MessageType.NON, 9, Code.GET, 1));
      server.respond(content(1));
      assertThat(server.events(EngineEvent.Unsendable.class)).hasSize(2);
    }

    @Test
    void aFullQueueEvictsTheRelation() {
      server =
          new Driver(
              OPEN.withLimits(EngineLimits.defaults().withOpen(9, 9, 1))
                  .withObserve(new ObservePolicy(0, ObservePolicy.DAY_NANOS, 0)));
      for (int token = 1; token <= 3; token++) {
        Observation observation =
            observe(ALICE, registration(MessageType.CON, token, token)).orElseThrow();
        change(observation, 1);
      }
      assertThat(ends()).containsExactly(End.EVICTED);
    }

    @Test
    void aQueuedNotificationCarriesTheNewestState() {
      server = new Driver(OPEN.withObserve(new ObservePolicy(0, ObservePolicy.DAY_NANOS, 0)));
      Observation one = observed();
      Observation two = observe(ALICE, registration(MessageType.CON, 2, 2)).orElseThrow();
      server.takeAll();
      change(one, 1);
      change(two, 1);
      change(two, 2);
      acknowledge(server.takeOnly());
      assertThat(server.takeOnly().payload().toUtf8()).isEqualTo("state 2");
    }
  }
}
