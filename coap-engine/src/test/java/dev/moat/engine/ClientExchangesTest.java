package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.GROUP;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.empty;
import static dev.moat.engine.Driver.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Outcome.Cause;
import dev.moat.coap.service.Outcome.Doubt;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.engine.EngineEvent.Why;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientExchangesTest {
  private final Driver client = new Driver(OPEN);

  private Outbound send(Request request) {
    Outbound exchange = client.engine.send(request, client.now());
    client.drain();
    return exchange;
  }

  private Outbound sendGet() {
    return send(Request.to(BOB, Code.GET, "/lock"));
  }

  private Outbound sendNon() {
    return send(Request.to(BOB, Code.GET, "/lock").withReliability(Reliability.NON_CONFIRMABLE));
  }

  private Outcome only() {
    assertThat(client.outcomes).hasSize(1);
    return client.outcomes.get(0);
  }

  private void assertNotDelivered(Cause cause) {
    assertThat(only()).isInstanceOf(Outcome.NotDelivered.class);
    assertThat(((Outcome.NotDelivered) only()).cause()).isEqualTo(cause);
  }

  private void assertUnknown(Doubt doubt) {
    assertThat(only()).isInstanceOf(Outcome.Unknown.class);
    assertThat(((Outcome.Unknown) only()).doubt()).isEqualTo(doubt);
  }

  private void assertResponded(Code code) {
    assertThat(only()).isInstanceOf(Outcome.Responded.class);
    assertThat(((Outcome.Responded) only()).response().code()).isEqualTo(code);
  }

  @Nested
  class Section532Matching {
    @Test
    void matchesAPiggybackedResponse() {
      Outbound exchange = sendGet();
      Message request = client.takeOnly();
      assertThat(request.token()).isEqualTo(exchange.token());
      client.receive(
          BOB, reply(MessageType.ACK, request.messageId(), Code.CONTENT, exchange.token()));
      assertResponded(Code.CONTENT);
      client.pass(300);
      assertThat(client.sent).isEmpty();
      assertThat(client.outcomes).hasSize(1);
      assertThat(client.engine.load().openExchanges()).isZero();
    }

    @Test
    @Tag("AT-28")
    void ignoresAPiggybackedResponseWithAnotherMessageId() {
      Outbound exchange = sendGet();
      int id = client.takeOnly().messageId();
      client.receive(BOB, reply(MessageType.ACK, id ^ 1, Code.CONTENT, exchange.token()));
      assertThat(client.outcomes).isEmpty();
      assertThat(client.ignored()).containsExactly(Why.MISMATCHED_RESPONSE);
      client.pass(4);
      assertThat(client.sent).as("still retransmitted").isNotEmpty();
    }

    @Test
    void ignoresAPiggybackedResponseWithAnotherToken() {
      sendGet();
      int id = client.takeOnly().messageId();
      client.receive(BOB, reply(MessageType.ACK, id, Code.CONTENT, Bytes.of(9)));
      assertThat(client.outcomes).isEmpty();
    }

    @Test
    void ignoresAResponseFromElsewhere() {
      Outbound exchange = sendGet();
      int id = client.takeOnly().messageId();
      client.receive(ALICE, reply(MessageType.ACK, id, Code.CONTENT, exchange.token()));
      client.receive(ALICE, reply(MessageType.NON, 1, Code.CONTENT, exchange.token()));
      assertThat(client.outcomes).isEmpty();
    }

    @Test
    void ignoresAPiggybackedResponseToANonConfirmableRequest() {
      Outbound exchange = sendNon();
      int id = client.takeOnly().messageId();
      client.receive(BOB, reply(MessageType.ACK, id, Code.CONTENT, exchange.token()));
      client.receive(BOB, empty(MessageType.ACK, id));
      assertThat(client.outcomes).isEmpty();
    }

    @Test
    void acceptsASeparateResponseAndAcknowledgesItsCopies() {
      Outbound exchange = sendGet();
      client.receive(BOB, empty(MessageType.ACK, client.takeOnly().messageId()));
      Message separate = reply(MessageType.CON, 99, Code.CONTENT, exchange.token());
      client.receive(BOB, separate);
      client.receive(BOB, separate);
      assertResponded(Code.CONTENT);
      assertThat(client.takeAll())
          .containsExactly(empty(MessageType.ACK, 99), empty(MessageType.ACK, 99));
    }

    @Test
    void takesAResponseBeforeTheAcknowledgementAsAcknowledgement() {
      Outbound exchange = sendGet();
      int id = client.takeOnly().messageId();
      client.receive(BOB, reply(MessageType.CON, 99, Code.CONTENT, exchange.token()));
      client.receive(BOB, empty(MessageType.ACK, id));
      assertResponded(Code.CONTENT);
      client.pass(100);
      assertThat(client.takeAll()).containsExactly(empty(MessageType.ACK, 99));
    }

    @Test
    void resetsAConfirmableResponseToNothing() {
      client.receive(BOB, reply(MessageType.CON, 99, Code.CONTENT, Bytes.of(1)));
      assertThat(client.takeOnly()).isEqualTo(empty(MessageType.RST, 99));
      client.receive(BOB, reply(MessageType.NON, 98, Code.CONTENT, Bytes.of(1)));
      assertThat(client.takeAll()).isEmpty();
      client.receive(BOB, reply(MessageType.RST, 97, Code.CONTENT, Bytes.of(1)));
      assertThat(client.ignored()).containsExactly(Why.UNKNOWN_TOKEN, Why.CODE_CONTRADICTS_TYPE);
    }

    @Test
    void aLateResponseNeverMatchesALaterRequest() {
      Outbound first = sendGet();
      int id = client.takeOnly().messageId();
      client.engine.cancel(first, client.now());
      Outbound second = sendGet();
      client.receive(BOB, reply(MessageType.ACK, id, Code.CONTENT, first.token()));
      client.receive(BOB, reply(MessageType.NON, 5, Code.CONTENT, first.token()));
      assertThat(client.outcomes).hasSize(1);
      assertThat(second.token()).isNotEqualTo(first.token());
    }

    @Test
    void rejectsResponsesWithUnknownCriticalOptions() {
      Outbound exchange = sendGet();
      int id = client.takeOnly().messageId();
      Options critical = Options.of(new Option(65_001, Bytes.of(1)));
      for (MessageType type : List.of(MessageType.ACK, MessageType.NON, MessageType.CON)) {
        client.receive(
            BOB, new Message(type, id, Code.CONTENT, exchange.token(), critical, Bytes.empty()));
      }
      assertThat(client.takeOnly()).isEqualTo(empty(MessageType.RST, id));
      assertThat(client.ignored()).containsExactly(Why.CRITICAL_OPTION, Why.CRITICAL_OPTION);
      assertThat(client.outcomes).isEmpty();
    }
  }

  @Nested
  class Section42Reliability {
    @Test
    void retransmitsByTheRulesAndGivesUp() {
      sendGet();
      List<Long> times = new ArrayList<>(List.of(client.now()));
      Bytes first = client.sent.get(0).datagram();
      for (int i = 0; i < 4; i++) {
        client.clock.advanceNanos(client.engine.nextTimeoutNanos() - client.now());
        client.engine.onTimeout(client.now());
        client.drain();
        if (client.sent.size() == times.size() + 1) {
          times.add(client.now());
        } else {
          i--; // housekeeping
        }
      }
      long initial = times.get(1) - times.get(0);
      assertThat(initial).isBetween(2_000_000_000L, 3_000_000_000L);
      for (int i = 1; i < 4; i++) {
        assertThat(times.get(i + 1) - times.get(i)).isEqualTo(initial << i);
      }
      client.pass(Duration.ofNanos((initial << 4) - 1));
      assertThat(client.outcomes).isEmpty();
      client.pass(Duration.ofNanos(1));
      assertUnknown(Doubt.NO_ACKNOWLEDGEMENT);
      assertThat(client.sent).hasSize(5).allMatch(s -> s.datagram().equals(first));
      assertThat(client.events(EngineEvent.Retransmitted.class)).hasSize(4);
    }

    @Test
    void underSecurityAResetOfTheOnlyCopyProvesThatNothingWasDone() {
      Peer secured = new Peer(BOB.high(), BOB.low(), BOB.port(), 0, 7);
      send(Request.to(secured, Code.GET, "/lock"));
      client.receive(secured, empty(MessageType.RST, client.takeOnly().messageId()));
      assertNotDelivered(Cause.RESET);
    }

    @Test
    void aResetAfterARetransmissionProvesNothing() {
      Peer secured = new Peer(BOB.high(), BOB.low(), BOB.port(), 0, 7);
      send(Request.to(secured, Code.GET, "/lock"));
      client.pass(4);
      client.receive(secured, empty(MessageType.RST, client.takeAll().get(0).messageId()));
      assertUnknown(Doubt.RESET_WITHOUT_PROOF);
    }

    @Test
    void withoutSecurityAResetProvesNothing() {
      sendGet();
      client.receive(BOB, empty(MessageType.RST, client.takeOnly().messageId()));
      assertUnknown(Doubt.RESET_WITHOUT_PROOF);
    }

    @Test
    void aNonConfirmableRequestCanBeReset() {
      sendNon();
      client.receive(BOB, empty(MessageType.RST, client.takeOnly().messageId()));
      assertUnknown(Doubt.RESET_WITHOUT_PROOF);
    }

    @Test
    void waitsForTheResponseAfterTheAcknowledgement() {
      sendGet();
      client.receive(BOB, empty(MessageType.ACK, client.takeOnly().messageId()));
      client.pass(89);
      assertThat(client.outcomes).isEmpty();
      client.pass(2);
      assertUnknown(Doubt.NO_RESPONSE);
      assertThat(client.sent).isEmpty();
    }

    @Test
    void waitsForTheResponseToANonConfirmableRequest() {
      sendNon();
      client.pass(91);
      assertUnknown(Doubt.NO_RESPONSE);
      assertThat(client.sent).hasSize(1);
    }

    @Test
    void concludesAtOnceWhenNoResponseIsWanted() {
      send(
          Request.to(BOB, Code.PUT, "/lock")
              .withReliability(Reliability.NON_CONFIRMABLE)
              .with(Option.uint(OptionNumber.NO_RESPONSE, 26)));
      assertUnknown(Doubt.NO_RESPONSE);
      assertThat(client.sent).hasSize(1);
    }

    @Test
    void cancellingWhatWasSentLeavesDoubt() {
      Outbound exchange = sendGet();
      client.engine.cancel(exchange, client.now());
      client.engine.cancel(exchange, client.now());
      client.drain();
      assertUnknown(Doubt.CANCELLED);
      client.pass(100);
      assertThat(client.sent).hasSize(1);
    }
  }

  @Nested
  class Section47CongestionControl {
    @Test
    void holdsBackWhatExceedsNstart() {
      Outbound first = sendGet();
      sendGet();
      int id = client.takeOnly().messageId();
      client.receive(BOB, empty(MessageType.ACK, id));
      assertThat(client.takeAll()).as("released by the acknowledgement").hasSize(1);
      client.receive(BOB, reply(MessageType.CON, 5, Code.CONTENT, first.token()));
      assertResponded(Code.CONTENT);
    }

    @Test
    void allowsMoreWhenToldTo() {
      Driver wide =
          new Driver(OPEN.withTransmission(TransmissionParameters.defaults().withNstart(3)));
      for (int i = 0; i < 4; i++) {
        wide.engine.send(Request.to(BOB, Code.GET, "/lock"), wide.now());
      }
      wide.engine.send(Request.to(ALICE, Code.GET, "/lock"), wide.now());
      wide.drain();
      assertThat(wide.sent).hasSize(4);
    }

    @Test
    void refusesWhatExceedsTheQueue() {
      Driver small = new Driver(OPEN.withLimits(EngineLimits.defaults().withOpen(9, 9, 1)));
      for (int i = 0; i < 3; i++) {
        small.engine.send(Request.to(BOB, Code.GET, "/lock"), small.now());
      }
      small.drain();
      assertThat(small.outcomes).hasSize(1);
      assertThat(((Outcome.NotDelivered) small.outcomes.get(0)).cause())
          .isEqualTo(Cause.QUEUE_FULL);
    }

    @Test
    void refusesTooManyExchangesAndTooManyPeers() {
      Driver small =
          new Driver(OPEN.withLimits(EngineLimits.defaults().withOpen(9, 2, 9).withPeers(1)));
      small.engine.send(Request.to(BOB, Code.GET, "/lock"), small.now());
      small.engine.send(Request.to(ALICE, Code.GET, "/lock"), small.now());
      small.engine.send(Request.to(BOB, Code.GET, "/lock"), small.now());
      small.engine.send(Request.to(BOB, Code.GET, "/lock"), small.now());
      small.drain();
      assertThat(small.outcomes)
          .hasSize(2)
          .allMatch(o -> ((Outcome.NotDelivered) o).cause() == Cause.QUEUE_FULL);
    }

    @Test
    void cancelsWhatIsStillQueued() {
      sendGet();
      Outbound queued = sendGet();
      client.engine.cancel(queued, client.now());
      client.drain();
      assertNotDelivered(Cause.CANCELLED_UNSENT);
      client.takeAll();
      client.pass(100);
      assertThat(client.outcomes).hasSize(2);
    }

    @Test
    void keepsToProbingRateTowardsASilentPeer() {
      sendNon();
      int octets = client.sent.get(0).datagram().length();
      sendNon();
      client.pass(octets - 1);
      assertThat(client.sent).hasSize(1);
      client.pass(1);
      assertThat(client.sent).hasSize(2);
    }

    @Test
    void keepsToProbingRateAfterAnExchangeConcludedInSilence() {
      Outbound first = sendNon();
      client.engine.cancel(first, client.now());
      sendNon();
      assertThat(client.sent).hasSize(1);
      client.pass(60);
      assertThat(client.sent).hasSize(2);
    }

    @Test
    void aResponseFreesTheWay() {
      Outbound first = sendNon();
      sendNon();
      client.receive(BOB, reply(MessageType.NON, 5, Code.CONTENT, first.token()));
      assertThat(client.sent).hasSize(2);
    }

    @Test
    void neverGivesAMessageIdTwiceAndRefusesWhenAllAreTaken() {
      Driver wide =
          new Driver(
              OPEN.withTransmission(TransmissionParameters.defaults().withNstart(100_000))
                  .withLimits(EngineLimits.defaults().withOpen(1, 100_000, 1)));
      for (int i = 0; i < 65_537; i++) {
        wide.engine.send(Request.to(BOB, Code.GET, ""), wide.now());
      }
      wide.drain();
      assertThat(wide.sent).hasSize(65_536);
      assertThat(wide.sent.stream().map(s -> s.datagram().slice(2, 4)).distinct().count())
          .isEqualTo(65_536);
      assertThat(wide.outcomes).hasSize(1);
      assertThat(((Outcome.NotDelivered) wide.outcomes.get(0)).cause()).isEqualTo(Cause.QUEUE_FULL);
    }
  }

  @Nested
  class Section8Groups {
    @Test
    void sendsNothingConfirmableToAGroup() {
      send(Request.to(GROUP, Code.GET, "/lock"));
      assertNotDelivered(Cause.NOT_SENDABLE);
    }

    @Test
    void takesTheFirstResponseFromAnyMember() {
      Outbound exchange =
          send(
              Request.to(GROUP, Code.GET, "/lock")
                  .with(Option.uint(OptionNumber.OBSERVE, 0))
                  .withReliability(Reliability.NON_CONFIRMABLE));
      client.receive(
          ALICE,
          new Message(
              MessageType.NON,
              1,
              Code.CONTENT,
              exchange.token(),
              Options.of(Option.uint(OptionNumber.OBSERVE, 1)),
              Bytes.empty()));
      assertResponded(Code.CONTENT);
      client.receive(BOB, reply(MessageType.NON, 1, Code.CONTENT, exchange.token()));
      assertThat(client.outcomes).hasSize(1);
    }
  }

  @Nested
  class Ends {
    @Test
    void refusesWhatHasNoForm() {
      send(Request.to(BOB, Code.PUT, "/lock").withPayload(Bytes.owned(new byte[70_000])));
      assertNotDelivered(Cause.NOT_SENDABLE);
    }

    @Test
    void refusesATokenThatIsInUse() {
      Driver reusing = new Driver(OPEN.withTokens(random -> request -> Bytes.of(1)));
      reusing.engine.send(Request.to(BOB, Code.GET, "/lock"), reusing.now());
      reusing.engine.send(Request.to(BOB, Code.GET, "/lock"), reusing.now());
      reusing.drain();
      assertThat(((Outcome.NotDelivered) reusing.outcomes.get(0)).cause())
          .isEqualTo(Cause.NOT_SENDABLE);
    }

    @Test
    void concludesEverythingOnClose() {
      Outbound sent = sendGet();
      Outbound queued = sendGet();
      client.engine.close(client.now());
      client.engine.close(client.now());
      client.drain();
      assertThat(client.outcomes).hasSize(2);
      assertThat(client.outcomes.get(0))
          .isEqualTo(new Outcome.NotDelivered(queued.request(), Cause.CLOSED));
      assertThat(client.outcomes.get(1))
          .isEqualTo(new Outcome.Unknown(sent.request(), Doubt.CLOSED));
      assertThat(client.engine.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
      client.engine.onTimeout(client.now());

      sendGet();
      assertThat(((Outcome.NotDelivered) client.outcomes.get(2)).cause()).isEqualTo(Cause.CLOSED);
      client.receive(BOB, empty(MessageType.CON, 1));
      assertThat(client.sent).hasSize(1);
    }

    @Test
    void forgetsIdlePeers() {
      Outbound exchange = sendGet();
      client.receive(
          BOB,
          reply(MessageType.ACK, client.takeOnly().messageId(), Code.CONTENT, exchange.token()));
      assertThat(client.engine.load().peers()).isEqualTo(1);
      client.pass(300);
      assertThat(client.engine.load().peers()).isZero();
      assertThat(client.engine.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void forgetsTheLeastRecentlyUsedPeerWhenThereAreTooMany() {
      Driver small = new Driver(OPEN.withLimits(EngineLimits.defaults().withPeers(1)));
      Outbound exchange = small.engine.send(Request.to(BOB, Code.GET, ""), small.now());
      small.engine.cancel(exchange, small.now());
      small.engine.send(Request.to(ALICE, Code.GET, ""), small.now());
      small.drain();
      assertThat(small.sent).hasSize(2);
      assertThat(small.engine.load().peers()).isEqualTo(1);
    }
  }
}
