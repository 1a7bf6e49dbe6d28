package dev.moat.engine;

import static dev.moat.engine.StreamDriver.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Context;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.engine.EngineEvent.Why;
import dev.moat.engine.stream.ConnectionRules;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Observations over connections, of ours and of others (RFC 8323, Section 7). */
class StreamObservationsTest {
  private static final ConnectionRules RULES = ConnectionRules.defaults();

  private final StreamDriver driver = new StreamDriver().established();

  @Nested
  class Observing {
    private final Option observe = Option.uint(OptionNumber.OBSERVE, 0);
    private final Outbound exchange = driver.send(Request.to(PEER, Code.GET, "/").with(observe));

    @Test
    void takesNotificationsWhateverTheirNumbers() {
      begin(500);
      driver.receive(PEER, state(3));
      driver.receive(PEER, state(3));
      assertThat(driver.others(Output.Notified.class)).hasSize(2);
      driver.receive(PEER, StreamDriver.message(Code.NOT_FOUND, 0));
      assertThat(driver.others(Output.NotificationsEnded.class))
          .containsExactly(
              new Output.NotificationsEnded(exchange, Notifications.End.RESOURCE_ENDED));
    }

    @Test
    @Tag("AT-29")
    void endsByAGetWithObserve1AndTheSameToken() {
      begin(1);
      driver.sent.clear();
      Outbound cancellation =
          driver.send(
              Request.to(PEER, Code.GET, "/")
                  .with(Option.uint(OptionNumber.OBSERVE, 1))
                  .withFact(Outbound.SAME_TOKEN_AS, exchange));
      assertThat(driver.takeOnly().token()).isEqualTo(exchange.token());
      driver.receive(PEER, state(2)); // was under way
      assertThat(driver.ignored()).containsExactly(Why.STALE_NOTIFICATION);
      driver.receive(PEER, StreamDriver.reply(cancellation.token()));
      assertThat(driver.lastOutcome().request()).isEqualTo(cancellation.request());
    }

    @Test
    void tellsTheServerOfARegistrationThatNobodyWaitsForAnyMore() {
      driver.sent.clear();
      driver.engine.cancel(exchange, driver.now());
      driver.drain();
      StreamMessage cancellation = driver.takeOnly();
      assertThat(cancellation.token()).isEqualTo(exchange.token());
      assertThat(cancellation.options().observe()).hasValue(1);
      assertThat(doubt()).isEqualTo(Outcome.Doubt.CANCELLED);
    }

    @Test
    void tellsNothingOfOneThatIsProtected() {
      Outbound secured =
          driver.send(
              Request.to(PEER, Code.FETCH, "/")
                  .with(observe)
                  .withFact(ResponseGate.KEY, received -> new ResponseGate.Ignored()));
      driver.sent.clear();
      driver.engine.cancel(secured, driver.now());
      driver.drain();
      assertThat(driver.sent).isEmpty();
    }

    private void begin(int number) {
      driver.receive(PEER, state(number));
      assertThat(exchange.isObserving()).isTrue();
    }

    private StreamMessage state(int number) {
      return StreamDriver.reply(exchange.token(), Option.uint(OptionNumber.OBSERVE, number));
    }
  }

  @Nested
  class ObservedHere {
    private Observation observation = register(1);

    private Observation register(int token) {
      driver.receive(PEER, StreamDriver.registration(token));
      Observation begun = driver.observe();
      driver.sent.clear();
      return begun;
    }

    @Test
    void tellsEveryStateUnderARisingNumber() {
      driver.notify(observation, StreamDriver.state("a"));
      driver.notify(observation, StreamDriver.state("b"));
      var states = driver.takeAll();
      assertThat(states).extracting(s -> s.payload().toUtf8()).containsExactly("a", "b");
      assertThat(states.get(1).options().observe().orElse(0))
          .isGreaterThan(states.get(0).options().observe().orElse(0));
    }

    @Test
    void tellsOnlyTheNewestToWhoDoesNotRead() {
      driver.writable(false);
      for (int i = 0; i < 100; i++) {
        driver.notify(observation, StreamDriver.state("state " + i));
      }
      assertThat(driver.engine.load().queuedOctets()).isZero();
      driver.writable(true);
      assertThat(driver.takeOnly().payload().toUtf8()).isEqualTo("state 99");
    }

    @Test
    void tellsNoMoreOftenThanToldTo() {
      ObservePolicy slow = new ObservePolicy(5, ObservePolicy.DAY_NANOS, 1_000_000_000L);
      StreamDriver paced = new StreamDriver(EngineConfig.defaults().withObserve(slow), RULES);
      paced.established().receive(PEER, StreamDriver.registration(1));
      Observation there = paced.observe();
      paced.sent.clear();
      paced.notify(there, StreamDriver.state("a"));
      paced.notify(there, StreamDriver.state("b"));
      assertThat(paced.sent).isEmpty();
      paced.pass(Duration.ofSeconds(1));
      assertThat(paced.takeOnly().payload().toUtf8()).isEqualTo("b");
      paced.notify(there, StreamDriver.state("c"));
      paced.close(PEER);
      paced.assertNothingLeft();
      paced.notify(there, StreamDriver.state("d"));
      assertThat(paced.sent).isEmpty();
    }

    @Test
    void endsWithAnErrorAndOnce() {
      driver.notify(observation, Response.of(Code.NOT_FOUND));
      assertThat(driver.takeOnly().options().has(OptionNumber.OBSERVE)).isFalse();
      driver.engine.end(observation, Response.of(Code.NOT_FOUND), driver.now());
      driver.drain();
      assertThat(driver.sent).isEmpty();
      assertThat(driver.others(Output.ObservationEnded.class))
          .containsExactly(
              new Output.ObservationEnded(observation, Notifications.End.RESOURCE_ENDED));
    }

    @Test
    void endsByDeregistrationReplacementAndTheEndOfTheConnection() {
      driver.receive(PEER, StreamDriver.get(1, Option.uint(OptionNumber.OBSERVE, 1)));
      driver.respond(StreamDriver.content(1));
      observation = register(2);
      observation = register(2);
      driver.close(PEER);
      assertThat(driver.others(Output.ObservationEnded.class))
          .extracting(Output.ObservationEnded::reason)
          .containsExactly(
              Notifications.End.CANCELLED,
              Notifications.End.REPLACED,
              Notifications.End.CONNECTION_LOST);
      driver.assertNothingLeft();
    }

    @Test
    void endsWhenAStateIsMoreThanThePeerTakes() {
      driver.receive(PEER, StreamDriver.csm(1200));
      driver.notify(observation, StreamDriver.content(3000));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.INTERNAL_SERVER_ERROR);
      assertThat(observation.isOver()).isTrue();
    }

    @Test
    void isForRegistrationsWithinLimitsOnly() {
      driver.receive(PEER, StreamDriver.get(5));
      assertThat(observeAgain()).isEmpty();
      assertThat(driver.takeOnly().options().has(OptionNumber.OBSERVE)).isFalse();
      EngineLimits limits = EngineLimits.defaults().withObservations(1, 1);
      StreamDriver one = new StreamDriver(EngineConfig.defaults().withLimits(limits), RULES);
      one.established().receive(PEER, StreamDriver.registration(1));
      assertThat(one.engine.takesObservation(one.lastArrived().exchange())).isTrue();
      Observation first = one.observe();
      one.receive(PEER, StreamDriver.registration(2));
      assertThat(one.engine.takesObservation(one.lastArrived().exchange())).isFalse();
      assertThat(
              one.engine.observe(one.lastArrived().exchange(), StreamDriver.state("x"), one.now()))
          .isEmpty();
      assertThat(first.isOver()).isFalse();
    }

    @Test
    void beginsNothingOnAConnectionThatIsGone() {
      driver.receive(PEER, StreamDriver.registration(7));
      driver.close(PEER);
      assertThat(observeAgain()).isEmpty();
      driver.assertNothingLeft();
    }

    @Test
    void belongsToTheAssociationThatVerified() {
      driver.receive(
          PEER, StreamDriver.message(Code.POST, 9, new Option(OptionNumber.OSCORE, Bytes.of(9))));
      assertThat(driver.takeOnly().code()).isEqualTo(Code.BAD_OPTION); // no stage for it
      StreamDriver secured = new StreamDriver(EngineConfig.defaults().withOscore(), RULES);
      secured.established();
      secured.receive(
          PEER, StreamDriver.message(Code.FETCH, 9, new Option(OptionNumber.OSCORE, Bytes.of(9))));
      Output.Arrived arrived = secured.lastArrived();
      assertThat(arrived.request().context().find(Inbound.KEY)).contains(arrived.exchange());
      Request inner =
          new Request(
              Code.GET,
              StreamDriver.registration(9).options(),
              Bytes.empty(),
              new Peer(0, 5, 1, 0, 99),
              Reliability.CONFIRMABLE,
              Context.empty());
      secured.engine.verified(arrived.exchange(), inner, secured.now());
      Observation begun = secured.observe();
      secured.sent.clear();
      // Nobody without that association ends it, or takes its token over.
      secured.receive(PEER, StreamDriver.get(9, Option.uint(OptionNumber.OBSERVE, 1)));
      assertThat(begun.isOver()).isFalse();
      secured.receive(PEER, StreamDriver.registration(9));
      assertThat(secured.engine.takesObservation(secured.lastArrived().exchange())).isFalse();
      secured.notify(begun, StreamDriver.content(1)); // without Observe it is the last
      assertThat(begun.isOver()).isTrue();
    }

    private Optional<Observation> observeAgain() {
      Optional<Observation> begun =
          driver.engine.observe(
              driver.lastArrived().exchange(), StreamDriver.state("x"), driver.now());
      driver.drain();
      return begun;
    }
  }

  private Outcome.Doubt doubt() {
    return ((Outcome.Unknown) driver.lastOutcome()).doubt();
  }
}
