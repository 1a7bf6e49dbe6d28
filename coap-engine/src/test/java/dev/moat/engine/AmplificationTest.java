package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.content;
import static dev.moat.engine.Driver.empty;
import static dev.moat.engine.Driver.get;
import static dev.moat.engine.Driver.message;
import static dev.moat.engine.Driver.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Notifications.End;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.echo.EchoPurpose;
import dev.moat.testkit.Seeded;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AmplificationTest {
  private static final Option REGISTER = Option.uint(OptionNumber.OBSERVE, 0);

  private final Driver server = new Driver(EngineConfig.defaults());

  private static Message withEcho(int id, Bytes echo) {
    return message(MessageType.CON, id, Code.GET, 1, new Option(OptionNumber.ECHO, echo));
  }

  private static Bytes echo(Message challenge) {
    return challenge.options().first(OptionNumber.ECHO).orElseThrow();
  }

  private Message challenged(Peer peer) {
    server.receive(peer, get(MessageType.CON, 1, 1));
    server.respond(content(500));
    return server.takeOnly();
  }

  @Nested
  class FirstAnswer {
    @Test
    @Tag("AM-03")
    void of136OctetsPasses() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.respond(content(136 - 6));
      assertThat(server.sent.get(0).datagram().length()).isEqualTo(136);
      assertThat(server.takeOnly().code()).isEqualTo(Code.CONTENT);
    }

    @Test
    @Tag("AM-03")
    @Tag("AM-02")
    void of137OctetsBecomesAChallenge() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.respond(content(137 - 6));
      Message challenge = server.takeOnly();
      assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(challenge.type()).isEqualTo(MessageType.ACK);
      assertThat(challenge.options().has(OptionNumber.ECHO)).isTrue();
      assertThat(server.events(EngineEvent.Challenged.class)).hasSize(1);
    }

    @Test
    void tellsThePipelineTheBudget() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      Request request = server.lastArrived().request();
      assertThat(request.context().find(AmplificationPolicy.ANSWER_BUDGET_OCTETS)).hasValue(136);
      assertThat(request.arrival().addressProven()).isFalse();
    }

    @Test
    void mayBeLongerForALongerRequest() {
      server.receive(
          ALICE,
          new Message(
              MessageType.CON,
              7,
              Code.FETCH,
              Bytes.of(1),
              Options.none(),
              Bytes.owned(new byte[94])));
      assertThat(
              server
                  .lastArrived()
                  .request()
                  .context()
                  .find(AmplificationPolicy.ANSWER_BUDGET_OCTETS))
          .hasValue(300);
    }
  }

  @Nested
  class Account {
    private int sent;

    private int receive(int id, int payloadOctets) {
      Message fetch =
          new Message(
              MessageType.CON,
              id,
              Code.FETCH,
              Bytes.owned(new byte[id % 30 + 13]),
              Options.none(),
              Bytes.owned(new byte[payloadOctets]));
      server.receive(ALICE, fetch);
      return UdpCodec.encode(fetch).length();
    }

    private int budget() {
      Request request = server.lastArrived().request();
      return request.context().find(AmplificationPolicy.ANSWER_BUDGET_OCTETS).orElseThrow();
    }

    private void respond(Response response) {
      server.respond(response);
      sent += server.sent.remove(0).datagram().length();
    }

    @Test
    void isChargedWhatGoesOutToTheOctet() {
      int received = receive(1, 1000);
      for (int id = 2; id < 20; id++) {
        respond(
            content(id % 3)
                .with(Option.uint(OptionNumber.CONTENT_FORMAT, id))
                .with(Option.text(OptionNumber.LOCATION_PATH, "x".repeat(id)))
                .with(Option.uint(OptionNumber.MAX_AGE, 0))
                .with(new Option(OptionNumber.ECHO, Bytes.owned(new byte[id]))));
        received += receive(id, 1);
        assertThat(budget()).isEqualTo(3 * received - sent);
      }
    }

    @Test
    void isNotChargedWhatHasNoForm() {
      var unused = receive(1, 1000);
      respond(content(70_000));
      assertThat(sent).isLessThan(100);
      unused = receive(2, 1000);
      sent = 0;
      Option formless = new Option(OptionNumber.ETAG, content(66_000).payload());
      respond(Response.of(Code.CONTENT).with(formless));
      assertThat(sent).isLessThan(100);
      unused = receive(3, 1);
      assertThat(budget()).isPositive();
    }
  }

  @Nested
  class Proof {
    @Test
    @Tag("AM-05")
    void anEchoFromTheSameAddressProvesIt() {
      Bytes echo = echo(challenged(ALICE));
      server.receive(ALICE, withEcho(2, echo));
      Arrival arrival = server.lastArrived().request().arrival();
      assertThat(arrival.addressProven()).isTrue();
      assertThat(
              server
                  .lastArrived()
                  .request()
                  .context()
                  .has(AmplificationPolicy.ANSWER_BUDGET_OCTETS))
          .isFalse();
      server.respond(content(500));
      assertThat(server.takeOnly().code()).isEqualTo(Code.CONTENT);

      server.receive(ALICE, get(MessageType.CON, 3, 1));
      assertThat(server.lastArrived().request().arrival().addressProven()).isTrue();
    }

    @Test
    @Tag("AM-05")
    void anEchoFromAnotherAddressOrPortProvesNothing() {
      Bytes echo = echo(challenged(ALICE));
      Peer otherPort = new Peer(ALICE.high(), ALICE.low(), ALICE.port() + 1, 0, 0);
      for (Peer other : new Peer[] {BOB, otherPort}) {
        server.receive(other, withEcho(2, echo));
        assertThat(server.lastArrived().request().arrival().addressProven()).isFalse();
      }
    }

    @Test
    void anEchoMadeForFreshnessProvesReachabilityToo() {
      Bytes echo = server.engine.echoMint().mint(EchoPurpose.FRESHNESS, ALICE, server.now());
      server.receive(ALICE, withEcho(2, echo));
      assertThat(server.lastArrived().request().arrival().addressProven()).isTrue();
    }

    @Test
    void anOldEchoProvesNothingAndAProofExpires() {
      Bytes echo = echo(challenged(ALICE));
      server.receive(ALICE, withEcho(2, echo));
      server.pass(301);
      server.receive(BOB, withEcho(2, echo));
      server.receive(ALICE, get(MessageType.CON, 3, 1));
      assertThat(server.lastArrived().request().arrival().addressProven()).isTrue();
      server.pass(301);
      server.receive(ALICE, withEcho(4, echo));
      assertThat(server.lastArrived().request().arrival().addressProven()).isFalse();
    }

    @Test
    void aSecuredPeerNeedsNone() {
      server.receive(Driver.SECURED, get(MessageType.CON, 2, 1));
      server.respond(content(500));
      assertThat(server.takeOnly().code()).isEqualTo(Code.CONTENT);
    }

    @Test
    void whenItComesWhileAnAnswerIsPreparedTheAnswerPasses() {
      Bytes echo = echo(challenged(ALICE));
      server.receive(ALICE, get(MessageType.CON, 2, 1));
      Inbound waiting = server.lastArrived().exchange();
      server.receive(ALICE, withEcho(3, echo));
      server.engine.respond(waiting, content(500), server.now());
      server.drain();
      assertThat(server.takeOnly().code()).isEqualTo(Code.CONTENT);
    }
  }

  @Nested
  class UnsafeMethods {
    @Test
    void keepTheirCodeAndLoseThePayload() {
      server.receive(ALICE, put(7, 1));
      server.respond(
          Response.of(Code.CHANGED)
              .with(new Option(OptionNumber.ETAG, Bytes.of(1)))
              .withPayload(Bytes.owned(new byte[200])));
      Message answer = server.takeOnly();
      assertThat(answer.code()).isEqualTo(Code.CHANGED);
      assertThat(answer.payload().isEmpty()).isTrue();
      assertThat(answer.options().has(OptionNumber.ETAG)).isTrue();
      assertThat(server.events(EngineEvent.Shortened.class)).hasSize(1);
    }

    @Test
    void loseTheirOptionsTooWhenTheyMust() {
      server.receive(ALICE, put(7, 1));
      Option longOne = Option.text(OptionNumber.LOCATION_PATH, "x".repeat(150));
      server.respond(Response.of(Code.CREATED).with(longOne));
      assertThat(server.takeOnly().options().isEmpty()).isTrue();
    }
  }

  @Nested
  class Retransmissions {
    @Test
    @Tag("AM-04")
    void aChallengeIsNeverRetransmitted() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.pass(1);
      server.takeAll();
      server.respond(content(500));
      Message challenge = server.takeOnly();
      assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(challenge.type()).isEqualTo(MessageType.NON);
      server.pass(100);
      assertThat(server.sent).isEmpty();
    }

    @Test
    void ofASeparateResponseCount() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.pass(1);
      server.takeAll();
      server.respond(content(120));
      server.pass(100);
      assertThat(server.sent).hasSize(1);
      assertThat(server.events(EngineEvent.Withheld.class)).hasSize(4);
    }

    @Test
    void anAnswerThatCannotBeRepeatedBecomesAChallenge() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.respond(content(100));
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      assertThat(server.takeAll().stream().map(Message::code))
          .containsExactly(Code.CONTENT, Code.UNAUTHORIZED, Code.UNAUTHORIZED);
    }

    @Test
    void anAnswerToAnUnsafeMethodThatCannotBeRepeatedIsWithheld() {
      server.receive(ALICE, put(7, 1));
      server.respond(Response.of(Code.CHANGED).withPayload(Bytes.owned(new byte[100])));
      server.receive(ALICE, put(7, 1));
      assertThat(server.takeAll()).hasSize(1);
      assertThat(server.events(EngineEvent.Withheld.class)).hasSize(1);
      assertThat(server.arrived).hasSize(1);
    }

    @Test
    void notEvenAChallengeGoesOutWhenTheRequestIsTooSmall() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.respond(content(100));
      Message tiny = Driver.decode(Bytes.of(0x40, 1, 0, 9));
      server.receive(ALICE, tiny);
      server.respond(content(100));
      server.receive(ALICE, tiny);
      assertThat(server.takeAll()).hasSize(1);
      assertThat(server.arrived).as("not remembered, as nothing was answered").hasSize(3);
      server.respond(content(100));
      server.receive(ALICE, Driver.decode(Bytes.of(0x50, 1, 0, 10)));
      server.respond(content(100));
      assertThat(server.sent).isEmpty();
    }

    @Test
    void aRefusalLosesItsDiagnosticWhenItMust() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.respond(content(130));
      server.takeAll();
      server.receive(
          ALICE, message(MessageType.CON, 8, Code.GET, 1, new Option(65_001, Bytes.empty())));
      Message refusal = server.takeOnly();
      assertThat(refusal.code()).isEqualTo(Code.BAD_OPTION);
      assertThat(refusal.payload().isEmpty()).isTrue();
    }
  }

  @Nested
  class Observers {
    private Observation observed() {
      // A long request, so that there is a budget.
      Option path = Option.text(OptionNumber.URI_PATH, "x".repeat(40));
      server.receive(ALICE, message(MessageType.CON, 1, Code.GET, 1, REGISTER, path));
      Observation observation =
          server
              .engine
              .observe(server.lastArrived().exchange(), content(10), server.now())
              .orElseThrow();
      server.drain();
      server.takeAll();
      return observation;
    }

    private void change(Observation observation, int octets) {
      server.engine.notify(observation, content(octets), server.now());
      server.drain();
    }

    @Test
    @Tag("AM-10")
    void anUnprovenSilentObserverGetsOneNotificationAndNoMore() {
      Observation observation = observed();
      server.receive(ALICE, get(MessageType.NON, 2, 9));
      server.receive(ALICE, get(MessageType.NON, 3, 9));
      for (int i = 0; i < 20; i++) {
        change(observation, 1);
        server.pass(10);
      }
      assertThat(server.takeAll()).hasSizeLessThanOrEqualTo(5);
      assertThat(observation.isOver()).isTrue();
    }

    @Test
    void anObserverThatAcknowledgesIsNotLimitedFurther() {
      server.receive(ALICE, get(MessageType.NON, 2, 9));
      server.receive(ALICE, get(MessageType.NON, 3, 9));
      Observation observation = observed();
      change(observation, 1);
      Message first = server.takeOnly();
      assertThat(first.type()).isEqualTo(MessageType.CON);
      server.receive(ALICE, empty(MessageType.ACK, first.messageId()));
      change(observation, 500);
      assertThat(server.takeOnly().payload().length()).isEqualTo(500);
    }

    @Test
    void aNotificationTooLargeForAnUnprovenObserverEndsInAChallenge() {
      server.receive(
          ALICE,
          message(
              MessageType.NON, 2, Code.GET, 9, Option.text(OptionNumber.URI_PATH, "x".repeat(20))));
      Observation observation = observed();
      change(observation, 500);
      Message challenge = server.takeOnly();
      assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(challenge.type()).isEqualTo(MessageType.NON);
      assertThat(observation.isOver()).isTrue();
      assertThat(server.others(Output.ObservationEnded.class).get(0).reason())
          .isEqualTo(End.EVICTED);
    }

    @Test
    void whoCouldBeToldTheStateButOfNoChangeIsAskedToProveItselfFirst() {
      server.receive(ALICE, message(MessageType.CON, 1, Code.GET, 1, REGISTER));
      assertThat(server.engine.observe(server.lastArrived().exchange(), content(10), server.now()))
          .isEmpty();
      server.drain();
      Message challenge = server.takeOnly();
      assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(challenge.options().has(OptionNumber.ECHO)).isTrue();
    }

    @Test
    void withoutAnyBudgetItEndsInSilence() {
      Observation observation = observed();
      // Somebody else's answers to the same address use the budget up.
      server.receive(ALICE, get(MessageType.NON, 2, 9));
      Request other = server.lastArrived().request();
      int budget = other.context().find(AmplificationPolicy.ANSWER_BUDGET_OCTETS).orElseThrow();
      server.respond(content(budget - 6));
      assertThat(server.takeOnly().code()).isEqualTo(Code.CONTENT);
      change(observation, 500);
      assertThat(server.takeAll()).isEmpty();
      assertThat(observation.isOver()).isTrue();
      assertThat(server.events(EngineEvent.Withheld.class)).hasSize(1);
    }

    @Test
    void aFirstResponseTooLargeIsAChallengeAndNoRelation() {
      server.receive(ALICE, message(MessageType.CON, 1, Code.GET, 1, REGISTER));
      assertThat(server.engine.observe(server.lastArrived().exchange(), content(500), server.now()))
          .isEmpty();
      server.drain();
      assertThat(server.takeOnly().code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(server.engine.load().observations()).isZero();
    }
  }

  @Test
  @Tag("AM-01")
  void aSpoofedSourceNeverGetsMoreThanThreeTimesWhatItSentAndOneFirstAnswer() {
    Seeded.check(
        40,
        arbitrary -> {
          Driver victim = new Driver(EngineConfig.defaults(), arbitrary.random().positiveLong());
          long in = 0;
          for (int i = 0; i < 60; i++) {
            Message request = anyRequest(arbitrary, i);
            in += UdpCodec.encode(request).length();
            int known = victim.arrived.size();
            victim.receive(ALICE, request);
            if (victim.arrived.size() > known && arbitrary.chance(90)) {
              Response answer = content(arbitrary.length(600));
              if (arbitrary.chance(30)) {
                var unused =
                    victim
                        .engine
                        .observe(victim.lastArrived().exchange(), answer, victim.now())
                        .map(o -> notified(victim, o));
              } else {
                victim.engine.respond(victim.lastArrived().exchange(), answer, victim.now());
              }
            }
            victim.drain();
            victim.pass(arbitrary.between(0, 9));
            long out = victim.sent.stream().mapToLong(s -> s.datagram().length()).sum();
            assertThat(out).isLessThanOrEqualTo(136 + 3 * in);
          }
        });
  }

  private static Observation notified(Driver victim, Observation observation) {
    victim.engine.notify(observation, content(40), victim.now());
    victim.drain();
    return observation;
  }

  private static Message anyRequest(dev.moat.testkit.Arbitrary arbitrary, int id) {
    Code method = arbitrary.chance(70) ? Code.GET : Code.PUT;
    int messageId = arbitrary.chance(30) ? arbitrary.between(0, id) : id;
    MessageType type = arbitrary.chance(70) ? MessageType.CON : MessageType.NON;
    return arbitrary.chance(30)
        ? message(type, messageId, method, 1, REGISTER)
        : message(type, messageId, method, 1);
  }
}
