package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.GROUP;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.content;
import static dev.moat.engine.Driver.empty;
import static dev.moat.engine.Driver.get;
import static dev.moat.engine.Driver.message;
import static dev.moat.engine.Driver.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Response;
import dev.moat.engine.EngineEvent.Why;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServerExchangesTest {
  private final Driver server = new Driver(OPEN);

  @Nested
  class Section52Responses {
    @Test
    void piggybacksAnAnswerThatComesInTime() {
      server.receive(ALICE, get(MessageType.CON, 7, 0x4a));
      server.respond(content(3));

      Message answer = server.takeOnly();
      assertThat(answer.type()).isEqualTo(MessageType.ACK);
      assertThat(answer.messageId()).isEqualTo(7);
      assertThat(answer.token()).isEqualTo(Bytes.of(0x4a));
      assertThat(answer.code()).isEqualTo(Code.CONTENT);
    }

    @Test
    void handsOnWhatArrived() {
      server.receive(ALICE, get(MessageType.CON, 7, 0x4a));

      Output.Arrived arrived = server.lastArrived();
      Arrival arrival = arrived.request().arrival();
      assertThat(arrived.request().path()).isEqualTo("/lock");
      assertThat(arrived.request().peer()).isEqualTo(ALICE);
      assertThat(arrived.request().reliability()).isEqualTo(Reliability.CONFIRMABLE);
      assertThat(arrived.exchange().isConfirmable()).isTrue();
      assertThat(arrived.exchange().isMulticast()).isFalse();
      assertThat(arrived.exchange().peer()).isEqualTo(ALICE);
      assertThat(arrived.exchange().token()).isEqualTo(Bytes.of(0x4a));
      assertThat(arrival.token()).isEqualTo(Bytes.of(0x4a));
      assertThat(arrival.datagramOctets()).isEqualTo(10);
      assertThat(arrival.nanos()).isEqualTo(server.now());
      assertThat(arrival.security()).isEqualTo(Arrival.Security.NONE);
      assertThat(arrival.addressProven()).isFalse();
    }

    @Test
    void knowsASecuredPeer() {
      server.receive(Driver.SECURED, get(MessageType.CON, 7, 1));
      assertThat(server.lastArrived().request().arrival().security())
          .isEqualTo(Arrival.Security.TRANSPORT);
      assertThat(server.lastArrived().request().arrival().addressProven()).isTrue();
    }

    @Test
    void acknowledgesASlowRequestAndAnswersSeparately() {
      server.receive(ALICE, get(MessageType.CON, 7, 0x4a));
      server.pass(Duration.ofMillis(250));
      assertThat(server.takeOnly()).isEqualTo(empty(MessageType.ACK, 7));

      server.respond(content(3));
      Message answer = server.takeOnly();
      assertThat(answer.type()).isEqualTo(MessageType.CON);
      assertThat(answer.token()).isEqualTo(Bytes.of(0x4a));

      server.receive(ALICE, empty(MessageType.ACK, answer.messageId()));
      server.pass(300);
      assertThat(server.takeAll()).isEmpty();
      assertThat(server.engine.load().deadlines()).isZero();
    }

    @Test
    void retransmitsASeparateResponseUntilItGivesUp() {
      server.receive(ALICE, get(MessageType.CON, 7, 0x4a));
      server.pass(Duration.ofMillis(250));
      server.respond(content(3));
      server.pass(100);

      List<Message> all = server.takeAll();
      assertThat(all).hasSize(6);
      assertThat(all.subList(1, 6)).containsOnly(all.get(1));
      assertThat(server.events(EngineEvent.GaveUp.class)).hasSize(1);
    }

    @Test
    void endsASeparateResponseThatIsReset() {
      server.receive(ALICE, get(MessageType.CON, 7, 0x4a));
      server.pass(Duration.ofMillis(250));
      server.respond(content(3));
      Message answer = server.takeAll().get(1);
      server.receive(ALICE, empty(MessageType.RST, answer.messageId()));
      server.pass(100);
      assertThat(server.takeAll()).isEmpty();
    }

    @Test
    void answersANonConfirmableRequestWithANonConfirmableResponse() {
      server.receive(ALICE, get(MessageType.NON, 7, 0x4a));
      server.respond(content(3));

      Message answer = server.takeOnly();
      assertThat(answer.type()).isEqualTo(MessageType.NON);
      assertThat(answer.token()).isEqualTo(Bytes.of(0x4a));
      server.receive(ALICE, empty(MessageType.RST, answer.messageId()));
      assertThat(server.ignored()).containsExactly(Why.NOTHING_TO_ACKNOWLEDGE);
    }

    @Test
    void refusesASecondAnswer() {
      server.receive(ALICE, get(MessageType.CON, 7, 0x4a));
      server.respond(content(3));
      assertThatIllegalStateException().isThrownBy(() -> server.respond(content(3)));
    }

    @Test
    void forgetsARequestThatIsNeverAnswered() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.receive(ALICE, get(MessageType.NON, 8, 2));
      server.pass(248);
      assertThat(server.events(EngineEvent.Abandoned.class)).hasSize(2);
      assertThat(server.engine.load().openRequests()).isZero();
      assertThat(server.engine.load().dedupEntries()).isZero();
      server.takeAll();

      server.engine.respond(server.arrived.get(0).exchange(), content(1), server.now());
      server.respond(content(1));
      assertThat(server.takeAll()).isEmpty();
    }

    @Test
    void saysInternalErrorWhenAnAnswerHasNoForm() {
      server.receive(ALICE, get(MessageType.CON, 7, 1));
      server.respond(content(70_000));
      assertThat(server.takeOnly().code()).isEqualTo(Code.INTERNAL_SERVER_ERROR);
      assertThat(server.events(EngineEvent.Unsendable.class)).hasSize(1);
    }

    @Test
    void staysSilentWhenASeparateAnswerHasNoForm() {
      server.receive(ALICE, get(MessageType.NON, 7, 1));
      server.respond(content(70_000));
      assertThat(server.takeAll()).isEmpty();
      assertThat(server.events(EngineEvent.Unsendable.class)).hasSize(1);
    }
  }

  @Nested
  class Section45Deduplication {
    @Test
    @Tag("AT-10")
    void executesOnceAndRepeatsTheSameAnswer() {
      server.receive(ALICE, put(7, 1));
      server.respond(Response.of(Code.CHANGED));
      server.receive(ALICE, put(7, 1));
      server.pass(246);
      server.receive(ALICE, put(7, 1));

      assertThat(server.arrived).hasSize(1);
      assertThat(server.sent).hasSize(3).allMatch(s -> s.equals(server.sent.get(0)));
      assertThat(server.events(EngineEvent.DuplicateAnswered.class)).hasSize(2);
    }

    @Test
    void forgetsAfterExchangeLifetime() {
      server.receive(ALICE, put(7, 1));
      server.respond(Response.of(Code.CHANGED));
      server.pass(248);
      server.receive(ALICE, put(7, 1));
      assertThat(server.arrived).hasSize(2);
    }

    @Test
    void ignoresACopyOfARequestInProgressUntilItIsAcknowledged() {
      server.receive(ALICE, put(7, 1));
      server.receive(ALICE, put(7, 1));
      assertThat(server.sent).isEmpty();
      assertThat(server.ignored()).containsExactly(Why.DUPLICATE);

      server.pass(1);
      server.receive(ALICE, put(7, 1));
      assertThat(server.takeAll())
          .containsExactly(empty(MessageType.ACK, 7), empty(MessageType.ACK, 7));
      assertThat(server.arrived).hasSize(1);
    }

    @Test
    void acknowledgesACopyAfterASeparateResponse() {
      server.receive(ALICE, put(7, 1));
      server.pass(1);
      server.respond(Response.of(Code.CHANGED));
      server.takeAll();
      server.receive(ALICE, put(7, 1));
      assertThat(server.takeOnly()).isEqualTo(empty(MessageType.ACK, 7));
    }

    @Test
    void ignoresCopiesOfANonConfirmableRequestForNonLifetime() {
      server.receive(ALICE, get(MessageType.NON, 7, 1));
      server.respond(content(1));
      server.pass(144);
      server.receive(ALICE, get(MessageType.NON, 7, 1));
      assertThat(server.arrived).hasSize(1);
      assertThat(server.sent).hasSize(1);
      server.pass(2);
      server.receive(ALICE, get(MessageType.NON, 7, 1));
      assertThat(server.arrived).hasSize(2);
    }

    @Test
    void tellsPeersApart() {
      server.receive(ALICE, put(7, 1));
      server.receive(BOB, put(7, 1));
      assertThat(server.arrived).hasSize(2);
    }

    @Test
    void refusesNewUnsafeRequestsWhenOnlyPinnedOnesRemain() {
      Driver small = new Driver(OPEN.withLimits(EngineLimits.defaults().withDedup(2, 1 << 20)));
      small.receive(ALICE, put(1, 1));
      small.respond(Response.of(Code.CHANGED));
      small.receive(ALICE, put(2, 1));
      small.respond(Response.of(Code.CHANGED));
      small.takeAll();

      small.receive(BOB, put(3, 1));
      Message busy = small.takeOnly();
      assertThat(busy.code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
      assertThat(busy.options().has(OptionNumber.MAX_AGE)).isTrue();
      small.receive(BOB, message(MessageType.NON, 4, Code.POST, 1));
      assertThat(small.takeAll()).isEmpty();

      small.receive(BOB, get(MessageType.CON, 5, 1));
      small.respond(content(1));
      assertThat(small.takeOnly().code()).isEqualTo(Code.CONTENT);
      assertThat(small.arrived).hasSize(3);
      assertThat(small.engine.load().dedupEntries()).isEqualTo(2);

      small.receive(ALICE, put(1, 1));
      assertThat(small.takeOnly().code()).isEqualTo(Code.CHANGED);
      small.pass(300);
      small.receive(BOB, put(3, 1));
      assertThat(small.arrived).hasSize(4);
    }

    @Test
    void servesWhatItCannotRememberWithoutMemory() {
      Driver small = new Driver(OPEN.withLimits(EngineLimits.defaults().withDedup(1, 1 << 20)));
      small.receive(ALICE, put(1, 1));
      small.respond(Response.of(Code.CHANGED));
      small.receive(BOB, get(MessageType.CON, 5, 1));
      small.pass(1);
      small.respond(content(1));
      small.receive(BOB, get(MessageType.CON, 6, 1));
      small.pass(300);
      small.receive(ALICE, put(1, 1));
      small.respond(Response.of(Code.CHANGED));
      Option quiet = Option.uint(OptionNumber.NO_RESPONSE, 2);
      small.receive(BOB, message(MessageType.CON, 7, Code.GET, 1, quiet));
      small.respond(content(1));
      assertThat(small.arrived).hasSize(5);
    }

    @Test
    void refusesTooManyRequestsAtOnce() {
      Driver small = new Driver(OPEN.withLimits(EngineLimits.defaults().withOpen(1, 1, 1)));
      small.receive(ALICE, get(MessageType.CON, 1, 1));
      small.receive(ALICE, get(MessageType.CON, 2, 1));
      assertThat(small.takeOnly().code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
      assertThat(small.events(EngineEvent.Refused.class).get(0).why()).isEqualTo(Why.OVERLOAD);
    }
  }

  @Nested
  class Section54Options {
    private final Option critical = new Option(65_001, Bytes.of(1));

    @Test
    void refusesAnUnknownCriticalOptionByName() {
      server.receive(ALICE, message(MessageType.CON, 7, Code.GET, 1, critical));
      Message answer = server.takeOnly();
      assertThat(answer.code()).isEqualTo(Code.BAD_OPTION);
      assertThat(answer.payload().toUtf8()).contains("65001");
      assertThat(server.arrived).isEmpty();
    }

    @Test
    void ignoresAnUnknownCriticalOptionInANonConfirmableRequest() {
      server.receive(ALICE, message(MessageType.NON, 7, Code.GET, 1, critical));
      assertThat(server.sent).isEmpty();
      assertThat(server.ignored()).containsExactly(Why.CRITICAL_OPTION);
    }

    @Test
    void keepsUnknownElectiveOptionsAndDropsUnprocessableOnes() {
      Option unknown = new Option(65_000, Bytes.of(1));
      Option size = Option.uint(OptionNumber.SIZE1, 5);
      server.receive(ALICE, message(MessageType.CON, 7, Code.PUT, 1, unknown, size, size));
      Options options = server.lastArrived().request().options();
      assertThat(options).isEqualTo(Options.of(size, unknown));
    }

    @Test
    void isNoProxy() {
      Option uri = Option.text(OptionNumber.PROXY_URI, "coap://example.org/");
      Option scheme = Option.text(OptionNumber.PROXY_SCHEME, "coap");
      server.receive(ALICE, message(MessageType.CON, 7, Code.GET, 1, uri));
      assertThat(server.takeOnly().code()).isEqualTo(Code.PROXYING_NOT_SUPPORTED);
      server.receive(ALICE, message(MessageType.CON, 8, Code.GET, 1, scheme));
      assertThat(server.takeOnly().code()).isEqualTo(Code.PROXYING_NOT_SUPPORTED);
    }

    @Test
    void deliversUnassignedMethods() {
      server.receive(ALICE, message(MessageType.CON, 7, Code.of(0, 31), 1));
      assertThat(server.lastArrived().request().method()).isEqualTo(Code.of(0, 31));
    }
  }

  @Nested
  class Rfc7967NoResponse {
    private Message silent(MessageType type, int value) {
      return message(type, 7, Code.PUT, 1, Option.uint(OptionNumber.NO_RESPONSE, value));
    }

    @Test
    void suppressesAClassOfResponsesButNotTheAcknowledgement() {
      server.receive(ALICE, silent(MessageType.CON, 2));
      server.respond(Response.of(Code.CHANGED));
      assertThat(server.takeOnly()).isEqualTo(empty(MessageType.ACK, 7));
      server.receive(ALICE, silent(MessageType.CON, 2));
      assertThat(server.takeOnly()).isEqualTo(empty(MessageType.ACK, 7));
      assertThat(server.arrived).hasSize(1);
    }

    @Test
    void stillSendsTheClassesThatAreWanted() {
      server.receive(ALICE, silent(MessageType.NON, 2));
      server.respond(Response.of(Code.NOT_FOUND));
      assertThat(server.takeOnly().code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void suppressesAfterTheAcknowledgementToo() {
      server.receive(ALICE, silent(MessageType.CON, 26));
      server.pass(1);
      server.takeAll();
      server.respond(Response.of(Code.NOT_FOUND));
      assertThat(server.takeAll()).isEmpty();
    }

    @Test
    void suppressesRefusals() {
      Option uri = Option.text(OptionNumber.PROXY_URI, "coap://example.org/");
      Option none = Option.uint(OptionNumber.NO_RESPONSE, 26);
      server.receive(ALICE, message(MessageType.CON, 7, Code.GET, 1, uri, none));
      assertThat(server.takeOnly()).isEqualTo(empty(MessageType.ACK, 7));
    }
  }

  @Nested
  class Section8Multicast {
    @Test
    @Tag("AM-13")
    void answersAGroupRequestWithinTheLeisure() {
      server.receiveFromGroup(ALICE, get(MessageType.NON, 7, 1));
      assertThat(server.lastArrived().exchange().isMulticast()).isTrue();
      server.respond(content(3));
      assertThat(server.sent).isEmpty();
      assertThat(server.engine.load().openRequests()).isEqualTo(1);
      server.pass(5);
      assertThat(server.takeOnly().type()).isEqualTo(MessageType.NON);
      assertThat(server.engine.load().openRequests()).isZero();
    }

    @Test
    void sendsNoErrorToAGroupRequest() {
      server.receiveFromGroup(ALICE, get(MessageType.NON, 7, 1));
      server.respond(Response.of(Code.NOT_FOUND));
      server.pass(10);
      assertThat(server.sent).isEmpty();
    }

    @Test
    void sendsAnErrorThatNoResponseAsksFor() {
      Option wanted = Option.uint(OptionNumber.NO_RESPONSE, 2);
      server.receiveFromGroup(ALICE, message(MessageType.NON, 7, Code.GET, 1, wanted));
      server.respond(Response.of(Code.NOT_FOUND));
      server.pass(10);
      assertThat(server.takeOnly().code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void ignoresEverythingElseSentToAGroup() {
      server.receiveFromGroup(ALICE, get(MessageType.CON, 7, 1));
      server.receiveFromGroup(ALICE, empty(MessageType.CON, 8));
      server.receiveFromGroup(ALICE, message(MessageType.NON, 9, Code.CONTENT, 1));
      server.engine.onDatagram(ALICE, Bytes.of(0x40, 0, 0, 9, 1), true, server.now());
      server.drain();
      assertThat(server.sent).isEmpty();
      assertThat(server.arrived).isEmpty();
      assertThat(server.ignored()).hasSize(3).containsOnly(Why.NOT_FOR_A_GROUP);
    }

    @Test
    void ignoresAGroupRequestThatItCannotProcess() {
      Option uri = Option.text(OptionNumber.PROXY_URI, "coap://example.org/");
      server.receiveFromGroup(GROUP, message(MessageType.NON, 7, Code.GET, 1, uri));
      assertThat(server.sent).isEmpty();
      assertThat(server.ignored()).containsExactly(Why.NOT_A_PROXY);
    }
  }
}
