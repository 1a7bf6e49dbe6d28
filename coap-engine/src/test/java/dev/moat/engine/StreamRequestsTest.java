package dev.moat.engine;

import static dev.moat.engine.StreamDriver.OTHER;
import static dev.moat.engine.StreamDriver.PEER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.ResponseGate;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.stream.ConnectionLimits;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.Fault;
import dev.moat.engine.stream.MessageRoom;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests, responses and observations on connections, message by message. */
class StreamRequestsTest {
  private static final ConnectionRules RULES = ConnectionRules.defaults();
  private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();

  private final StreamDriver driver = new StreamDriver().established();

  @Nested
  class Ours {
    @Test
    @Tag("AT-27")
    void haveTokensThatCountAndNeverComeAgain() {
      for (int i = 0; i < 300; i++) {
        Outbound exchange = driver.get();
        assertThat(exchange.token().toUint()).isEqualTo(i);
        assertThat(exchange.token().isEmpty()).isFalse();
        driver.receive(PEER, StreamDriver.reply(exchange.token()));
      }
    }

    @Test
    @Tag("AT-24")
    @Tag("AT-25")
    @Tag("AT-26")
    @Tag("AT-30")
    void areAnsweredByTheirTokenOnTheirConnectionAlone() {
      driver.established(OTHER);
      Outbound first = driver.get();
      driver.receive(PEER, StreamDriver.reply(first.token()));
      Outbound second = driver.get();
      // A response that was held back, and one on another connection, answer nothing.
      driver.receive(PEER, StreamDriver.reply(first.token()));
      driver.receive(OTHER, StreamDriver.reply(second.token()));
      assertThat(driver.outcomes).hasSize(1);
      assertThat(driver.ignored()).containsExactly(Why.UNKNOWN_TOKEN, Why.UNKNOWN_TOKEN);
      driver.receive(PEER, StreamDriver.reply(second.token()));
      assertThat(driver.outcomes).hasSize(2);
    }

    @Test
    void areInDoubtWhenNothingComesInTimeAndTheConnectionStays() {
      var unused = driver.get();
      driver.pass(Duration.ofSeconds(91));
      assertThat(doubt()).isEqualTo(Outcome.Doubt.NO_RESPONSE);
      assertThat(driver.engine.room(PEER)).isPresent();
    }

    @Test
    void areNotWaitedForWhenNoResponseIsWanted() {
      Option no = Option.uint(OptionNumber.NO_RESPONSE, 26);
      var unused = driver.send(Request.to(PEER, Code.PUT, "/lock").with(no));
      assertThat(driver.sent).hasSize(1);
      assertThat(doubt()).isEqualTo(Outcome.Doubt.NO_RESPONSE);
    }

    @Test
    void needAConnection() {
      var unused = driver.send(Request.to(OTHER, Code.GET, "/"));
      assertThat(undelivered().cause()).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(undelivered().reason()).contains("there is no connection");
    }

    @Test
    void waitForWhoDoesNotReadAndAreKnownToHaveNotLeft() {
      var left = driver.get();
      driver.writable(false);
      var waits = driver.get();
      var cancelled = driver.get();
      driver.engine.cancel(cancelled, driver.now());
      driver.drain();
      assertThat(undelivered().cause()).isEqualTo(Outcome.Cause.CANCELLED_UNSENT);
      driver.close(PEER);
      assertThat(driver.outcomes).hasSize(3);
      assertThat(driver.outcomes.get(1)).isInstanceOf(Outcome.NotDelivered.class);
      assertThat(undelivered(1).cause()).isEqualTo(Outcome.Cause.NO_CONNECTION);
      assertThat(doubt()).isEqualTo(Outcome.Doubt.CONNECTION_LOST);
      assertThat(left.request()).isEqualTo(waits.request());
      driver.assertNothingLeft();
    }

    @Test
    void goOutInOrderWhenThePeerReadsAgain() {
      driver.writable(false);
      var first = driver.get();
      var second = driver.get();
      assertThat(driver.sent).isEmpty();
      driver.writable(true);
      assertThat(driver.takeAll())
          .extracting(StreamMessage::token)
          .containsExactly(first.token(), second.token());
      assertThat(driver.engine.load().queuedOctets()).isZero();
    }

    @Test
    void areBoundedInNumberAndOctets() {
      StreamDriver few = StreamDriver.with(RULES.withLimits(LIMITS.withRequests(1, 1)));
      few.established();
      var first = few.get();
      var second = few.get();
      assertThat(((Outcome.NotDelivered) few.lastOutcome()).cause())
          .isEqualTo(Outcome.Cause.QUEUE_FULL);
      StreamDriver small = StreamDriver.with(RULES.withLimits(LIMITS.withQueuedOctets(5, 5)));
      small.established();
      small.writable(false);
      var third = small.get();
      assertThat(((Outcome.NotDelivered) small.lastOutcome()).cause())
          .isEqualTo(Outcome.Cause.QUEUE_FULL);
      assertThat(first.token()).isNotEqualTo(second.token());
      assertThat(third.peer()).isEqualTo(PEER);
    }

    @Test
    void areNotLongerThanThePeerTakes() {
      driver.receive(PEER, StreamDriver.csm(100));
      var unused = driver.send(long_(200));
      assertThat(undelivered().cause()).isEqualTo(Outcome.Cause.NOT_SENDABLE);
      assertThat(undelivered().reason()).contains("the message is longer than the peer takes");
    }

    @Test
    void waitForTheCsmWhenTheyAreLong() {
      StreamDriver early = new StreamDriver();
      early.connect(PEER);
      var small = early.get();
      assertThat(early.sent).hasSize(2);
      var big = early.send(long_(3000));
      var bigger = early.send(long_(9000));
      assertThat(early.sent).hasSize(2);
      early.receive(PEER, StreamDriver.csm(4000));
      assertThat(early.sent).hasSize(3);
      assertThat(early.outcomes).hasSize(1);
      assertThat(early.lastOutcome().request()).isEqualTo(bigger.request());
      assertThat(small.token()).isNotEqualTo(big.token());
    }

    @Test
    void haveAForm() {
      EngineConfig odd =
          EngineConfig.defaults().withTokens(random -> request -> Bytes.owned(new byte[9]));
      StreamDriver there = new StreamDriver(odd, RULES).established();
      var unused = there.get();
      assertThat(((Outcome.NotDelivered) there.lastOutcome()).cause())
          .isEqualTo(Outcome.Cause.NOT_SENDABLE);
      EngineConfig same = EngineConfig.defaults().withTokens(random -> request -> Bytes.of(1));
      there = new StreamDriver(same, RULES).established();
      unused = there.get();
      unused = there.get();
      assertThat(((Outcome.NotDelivered) there.lastOutcome()).cause())
          .isEqualTo(Outcome.Cause.NOT_SENDABLE);
    }

    @Test
    void ignoreResponsesThatCannotBeRead() {
      Outbound exchange = driver.get();
      driver.receive(PEER, StreamDriver.reply(exchange.token(), Option.uint(65_001, 1)));
      driver.receive(
          PEER,
          StreamDriver.reply(exchange.token(), new Option(OptionNumber.OSCORE, Bytes.empty())));
      assertThat(driver.ignored()).containsExactly(Why.CRITICAL_OPTION, Why.CRITICAL_OPTION);
      assertThat(driver.outcomes).isEmpty();
    }

    @Test
    void countOnlyWhatTheirGateAccepts() {
      ResponseGate gate =
          received ->
              received.payload().isEmpty()
                  ? new ResponseGate.Ignored()
                  : new ResponseGate.Accepted(received);
      Outbound exchange =
          driver.send(Request.to(PEER, Code.GET, "/").withFact(ResponseGate.KEY, gate));
      driver.receive(
          PEER, new StreamMessage(Code.CONTENT, exchange.token(), Options.none(), Bytes.empty()));
      assertThat(driver.outcomes).isEmpty();
      driver.receive(PEER, StreamDriver.reply(exchange.token()));
      assertThat(driver.lastOutcome()).isInstanceOf(Outcome.Responded.class);
    }

    private Request long_(int octets) {
      return Request.to(PEER, Code.PUT, "/").withPayload(Bytes.owned(new byte[octets]));
    }
  }

  @Nested
  class OfOthers {
    @Test
    void sayHowTheyCame() {
      StreamMessage get = StreamDriver.get(1);
      driver.receive(PEER, get);
      Request request = driver.lastArrived().request();
      assertThat(request.reliability()).isEqualTo(Reliability.CONFIRMABLE);
      assertThat(request.arrival().security()).isEqualTo(Arrival.Security.TRANSPORT);
      assertThat(request.arrival().addressProven()).isTrue();
      assertThat(request.arrival().datagramOctets()).isEqualTo(TcpCodec.encode(get).length());
      assertThat(request.context().find(MessageRoom.KEY)).isPresent();
      driver.respond(StreamDriver.content(3));
      assertThat(driver.takeOnly().token()).isEqualTo(Bytes.of(1));
      assertThatThrownBy(() -> driver.respond(StreamDriver.content(3)))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void areRefusedForCriticalOptionsAndProxies() {
      driver.receive(PEER, StreamDriver.get(1, Option.uint(65_001, 1)));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.BAD_OPTION);
      driver.receive(
          PEER, StreamDriver.message(Code.GET, 1, Option.text(OptionNumber.PROXY_SCHEME, "x")));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.PROXYING_NOT_SUPPORTED);
      driver.receive(
          PEER,
          StreamDriver.get(1, Option.uint(OptionNumber.NO_RESPONSE, 8), Option.uint(65_001, 1)));
      assertThat(driver.sent).isEmpty();
      assertThat(driver.arrived).isEmpty();
    }

    @Test
    void keepOptionsThatAreElectiveAndNotKnown() {
      driver.receive(PEER, StreamDriver.get(1, Option.uint(65_000, 1)));
      assertThat(driver.lastArrived().request().options().has(65_000)).isTrue();
    }

    @Test
    void waitWithinAPieceAndAreRefusedBeyond() {
      StreamDriver two = StreamDriver.with(RULES.withLimits(LIMITS.withRequests(2, 2)));
      two.established();
      ByteWriter writer = new ByteWriter(64);
      for (int i = 0; i < 5; i++) {
        writer = writer.bytes(TcpCodec.encode(StreamDriver.get(i)));
      }
      two.receive(PEER, writer.toBytes());
      assertThat(two.arrived).hasSize(2);
      two.respond(StreamDriver.content(1));
      assertThat(two.arrived).hasSize(3);
      two.receive(PEER, StreamDriver.get(9)); // two still wait, and go first
      assertThat(two.events(EngineEvent.Refused.class)).hasSize(3);
      assertThat(two.takeAll())
          .extracting(StreamMessage::code)
          .containsExactly(
              Code.CONTENT,
              Code.SERVICE_UNAVAILABLE,
              Code.SERVICE_UNAVAILABLE,
              Code.SERVICE_UNAVAILABLE);
      two.close(PEER);
      two.assertNothingLeft();
    }

    @Test
    void areBoundedInAll() {
      EngineLimits limits = EngineLimits.defaults().withOpen(1, 1, 1);
      StreamDriver one = new StreamDriver(EngineConfig.defaults().withLimits(limits), RULES);
      one.established().established(OTHER);
      one.receive(PEER, StreamDriver.get(1));
      one.receive(OTHER, StreamDriver.get(1));
      assertThat(one.takeOnly().code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
      var first = one.get();
      var second = one.send(Request.to(OTHER, Code.GET, "/"));
      assertThat(((Outcome.NotDelivered) one.lastOutcome()).cause())
          .isEqualTo(Outcome.Cause.QUEUE_FULL);
      assertThat(first).isNotSameAs(second);
    }

    @Test
    void areForgottenWhenTheApplicationForgetsThem() {
      driver.receive(PEER, StreamDriver.get(1));
      driver.pass(Duration.ofMinutes(5));
      assertThat(driver.events(EngineEvent.Abandoned.class)).hasSize(1);
      driver.respond(StreamDriver.content(1));
      assertThat(driver.sent).isEmpty();
      assertThat(driver.engine.load().openRequests()).isZero();
    }

    @Test
    void areNotAnsweredOnAnotherConnection() {
      driver.receive(PEER, StreamDriver.get(1));
      driver.close(PEER);
      driver.established(OTHER);
      driver.respond(StreamDriver.content(1));
      assertThat(driver.sent).isEmpty();
      driver.close(OTHER);
      driver.assertNothingLeft();
    }

    @Test
    void areNotAnsweredWhenTheAnswerIsUnwanted() {
      driver.receive(PEER, StreamDriver.get(1));
      driver.engine.suppress(driver.lastArrived().exchange());
      driver.respond(StreamDriver.content(1));
      assertThat(driver.sent).isEmpty();
    }

    @Test
    void getAnErrorForAnAnswerThatThePeerDoesNotTake() {
      driver.receive(PEER, StreamDriver.csm(1200));
      driver.receive(PEER, StreamDriver.get(1));
      driver.respond(StreamDriver.content(5000));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.INTERNAL_SERVER_ERROR);
      assertThat(driver.events(EngineEvent.Unsendable.class)).hasSize(1);
    }
  }

  @Test
  void everyFaultHasWords() {
    for (Fault fault : Fault.values()) {
      assertThat(fault.words()).isNotEmpty();
    }
  }

  private Outcome.Doubt doubt() {
    return ((Outcome.Unknown) driver.lastOutcome()).doubt();
  }

  private Outcome.NotDelivered undelivered() {
    return (Outcome.NotDelivered) driver.lastOutcome();
  }

  private Outcome.NotDelivered undelivered(int number) {
    return (Outcome.NotDelivered) driver.outcomes.get(number);
  }
}
