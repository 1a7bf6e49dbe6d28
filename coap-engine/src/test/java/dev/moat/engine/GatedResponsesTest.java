package dev.moat.engine;

import static dev.moat.engine.Driver.BOB;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.empty;
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
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.ResponseGate;
import dev.moat.engine.EngineEvent.Why;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GatedResponsesTest {
  private static final Option OSCORE = new Option(OptionNumber.OSCORE, Bytes.of(9));
  private static final Option NOTIFICATION = new Option(OptionNumber.OBSERVE, Bytes.empty());
  private static final Response GENUINE = Response.text(Code.CONTENT, "genuine");

  private final Driver client = new Driver(OPEN.withOscore());
  private final Set<Bytes> seen = new HashSet<>();

  /**
   * Takes what begins with "g", once each; "n" makes it a notification, "p" a part; what has no
   * OSCORE option is an error from anyone.
   */
  private ResponseGate.Verdict judge(Response received) {
    if (!received.options().has(OptionNumber.OSCORE)) {
      return new ResponseGate.Doubtful(received);
    }
    String text = received.payload().toUtf8();
    if (!text.startsWith("g") || !seen.add(received.payload())) {
      return new ResponseGate.Ignored();
    }
    if (text.startsWith("gp")) {
      return new ResponseGate.Accepted(received);
    }
    if (text.startsWith("gc")) {
      return new ResponseGate.Accepted(GENUINE.with(new Option(2049, Bytes.empty())));
    }
    if (text.startsWith("ge")) {
      return new ResponseGate.Accepted(Response.of(Code.NOT_FOUND));
    }
    return new ResponseGate.Accepted(text.startsWith("gn") ? GENUINE.with(NOTIFICATION) : GENUINE);
  }

  private Outbound sent(Request request) {
    Outbound exchange =
        client.engine.send(
            request.with(OSCORE).withFact(ResponseGate.KEY, this::judge), client.now());
    client.drain();
    return exchange;
  }

  private Outbound posted() {
    return sent(Request.to(BOB, Code.POST, ""));
  }

  private Outbound observed(MessageType type) {
    Outbound exchange =
        sent(Request.to(BOB, Code.FETCH, "").with(Option.uint(OptionNumber.OBSERVE, 0)));
    int id = client.takeOnly().messageId();
    client.receive(BOB, protectedResponse(type, id, exchange, "gn first", NOTIFICATION));
    return exchange;
  }

  private static Message protectedResponse(
      MessageType type, int id, Outbound exchange, String text, Option... outer) {
    Options options = Options.of(OSCORE);
    for (Option option : outer) {
      options = options.with(option);
    }
    Code code = outer.length == 0 ? Code.CHANGED : Code.CONTENT;
    return new Message(type, id, code, exchange.token(), options, Bytes.utf8(text));
  }

  private static Message error(MessageType type, int id, Outbound exchange) {
    return Driver.reply(type, id, Code.UNAUTHORIZED, exchange.token());
  }

  private List<Why> ignored() {
    return client.ignored();
  }

  @Nested
  class WhenIgnored {
    @Test
    @Tag("AT-08")
    void aForgedPiggybackedResponseStopsNeitherTheRetransmissionNorTheExchange() {
      Outbound exchange = posted();
      Message request = client.takeOnly();
      client.receive(
          BOB, protectedResponse(MessageType.ACK, request.messageId(), exchange, "forged"));
      assertThat(client.outcomes).isEmpty();
      assertThat(ignored()).containsExactly(Why.UNVERIFIED_RESPONSE);
      client.pass(4);
      assertThat(client.takeOnly()).isEqualTo(request);
      client.receive(BOB, protectedResponse(MessageType.ACK, request.messageId(), exchange, "g"));
      assertThat(client.outcomes)
          .containsExactly(new Outcome.Responded(exchange.request(), Reply.of(GENUINE)));
    }

    @Test
    void aForgedConfirmableResponseIsNeitherAcknowledgedNorRemembered() {
      Outbound exchange = posted();
      client.takeAll();
      client.receive(BOB, protectedResponse(MessageType.CON, 7, exchange, "forged"));
      assertThat(client.takeAll()).isEmpty();
      assertThat(client.engine.load().dedupEntries()).isZero();
      client.receive(BOB, protectedResponse(MessageType.CON, 7, exchange, "g"));
      assertThat(client.takeOnly()).isEqualTo(empty(MessageType.ACK, 7));
      assertThat(client.outcomes).hasSize(1);
    }

    @Test
    void aForgedNonConfirmableResponseLeavesTheExchangeOpen() {
      Outbound exchange = posted();
      client.takeAll();
      client.receive(BOB, protectedResponse(MessageType.NON, 7, exchange, "forged"));
      assertThat(client.engine.load().openExchanges()).isEqualTo(1);
      client.receive(BOB, protectedResponse(MessageType.NON, 8, exchange, "g"));
      assertThat(client.outcomes).hasSize(1);
    }

    @Test
    void aCriticalOptionOutsideGetsNoReset() {
      Outbound exchange = posted();
      client.takeAll();
      Option critical = new Option(2049, Bytes.empty());
      client.receive(BOB, protectedResponse(MessageType.CON, 7, exchange, "g", critical));
      client.receive(BOB, protectedResponse(MessageType.NON, 8, exchange, "gc"));
      assertThat(ignored()).containsExactly(Why.CRITICAL_OPTION, Why.CRITICAL_OPTION);
      assertThat(client.takeAll()).isEmpty();
      assertThat(client.outcomes).isEmpty();
    }

    @Test
    void aMessageIdThatSomebodyUsedUpDoesNotHideAGenuineResponse() {
      Outbound plain = client.engine.send(Request.to(BOB, Code.GET, "/lock"), client.now());
      client.drain();
      client.receive(BOB, Driver.reply(MessageType.CON, 7, Code.CONTENT, plain.token()));
      Outbound exchange = posted();
      client.takeAll();
      client.receive(BOB, protectedResponse(MessageType.CON, 7, exchange, "g"));
      assertThat(client.takeOnly()).isEqualTo(empty(MessageType.ACK, 7));
      assertThat(client.outcomes).hasSize(2);
    }
  }

  @Nested
  class WhenDoubtful {
    @Test
    @Tag("AT-24")
    void anUnprotectedErrorIsDoubtAfterAShortTime() {
      Outbound exchange = posted();
      int id = client.takeOnly().messageId();
      Message refusal = error(MessageType.ACK, id, exchange);
      client.receive(BOB, refusal);
      client.pass(Duration.ofMillis(1_999));
      assertThat(client.outcomes).isEmpty();
      client.pass(Duration.ofMillis(1));
      assertThat(client.outcomes)
          .containsExactly(
              new Outcome.Unknown(
                  exchange.request(),
                  Outcome.Doubt.UNPROTECTED_ERROR,
                  Optional.of(Response.of(Code.UNAUTHORIZED))));
      assertThat(client.engine.load().deadlines()).isLessThanOrEqualTo(1);
      assertThat(ignored()).containsExactly(Why.UNPROTECTED_ERROR);
    }

    @Test
    @Tag("AT-24")
    void theGenuineResponseWinsWithinTheGrace() {
      Outbound exchange = posted();
      int id = client.takeOnly().messageId();
      client.receive(BOB, error(MessageType.ACK, id, exchange));
      client.pass(1);
      client.receive(BOB, protectedResponse(MessageType.ACK, id, exchange, "g"));
      client.pass(100);
      assertThat(client.outcomes).hasSize(1).allMatch(Outcome.Responded.class::isInstance);
    }

    @Test
    void furtherErrorsDoNotProlongTheGrace() {
      Outbound exchange = posted();
      client.takeAll();
      client.receive(BOB, error(MessageType.NON, 1, exchange));
      client.pass(1);
      client.receive(BOB, error(MessageType.CON, 2, exchange));
      assertThat(client.takeAll()).isEmpty();
      client.pass(1);
      assertThat(client.outcomes).hasSize(1).allMatch(Outcome.Unknown.class::isInstance);
    }

    @Test
    void theGraceIsConfigured() {
      Driver hasty = new Driver(OPEN.withOscore().withDoubtGraceNanos(1_000_000));
      Request request =
          Request.to(BOB, Code.POST, "").withFact(ResponseGate.KEY, ResponseGate.Doubtful::new);
      Outbound exchange = hasty.engine.send(request, hasty.now());
      hasty.drain();
      hasty.receive(BOB, error(MessageType.NON, 1, exchange));
      hasty.pass(Duration.ofMillis(1));
      assertThat(hasty.outcomes).hasSize(1);
    }
  }

  @Nested
  class WhenObserving {
    @Test
    void theAcceptedResponseSaysWhetherNotificationsFollow() {
      Outbound exchange =
          sent(Request.to(BOB, Code.FETCH, "").with(Option.uint(OptionNumber.OBSERVE, 0)));
      int id = client.takeOnly().messageId();
      // Somebody on the path put Observe outside, where the server said none inside.
      client.receive(BOB, protectedResponse(MessageType.ACK, id, exchange, "g", NOTIFICATION));
      assertThat(exchange.isObserving()).isFalse();
      assertThat(client.outcomes).hasSize(1);
    }

    @Test
    @Tag("AT-28")
    void theGateOrdersNotificationsWhateverTheOuterNumberSays() {
      Outbound exchange = observed(MessageType.ACK);
      assertThat(exchange.isObserving()).isTrue();
      Option high = Option.uint(OptionNumber.OBSERVE, 99);
      Option low = Option.uint(OptionNumber.OBSERVE, 1);
      client.receive(BOB, protectedResponse(MessageType.NON, 1, exchange, "gn 2", high));
      client.receive(BOB, protectedResponse(MessageType.NON, 2, exchange, "gn 3", low));
      client.receive(BOB, protectedResponse(MessageType.NON, 3, exchange, "gn 2", high));
      assertThat(client.others(Output.Notified.class)).hasSize(2);
      assertThat(ignored()).containsExactly(Why.UNVERIFIED_RESPONSE);
    }

    @Test
    void aRepeatedConfirmableNotificationIsAcknowledgedAgain() {
      Outbound exchange = observed(MessageType.ACK);
      Message notification = protectedResponse(MessageType.CON, 1, exchange, "gn 2", NOTIFICATION);
      client.receive(BOB, notification);
      client.receive(BOB, notification);
      assertThat(client.takeAll())
          .containsExactly(empty(MessageType.ACK, 1), empty(MessageType.ACK, 1));
      assertThat(client.others(Output.Notified.class)).hasSize(1);
    }

    @Test
    void neitherForgeriesNorErrorsOfAnyoneEndTheObservation() {
      Outbound exchange = observed(MessageType.ACK);
      client.receive(BOB, protectedResponse(MessageType.NON, 1, exchange, "forged"));
      client.receive(BOB, error(MessageType.NON, 2, exchange));
      client.pass(10);
      assertThat(exchange.isObserving()).isTrue();
      assertThat(client.others).isEmpty();
    }

    @Test
    void anAcceptedErrorIsTheLast() {
      Outbound exchange = observed(MessageType.ACK);
      client.receive(BOB, protectedResponse(MessageType.NON, 1, exchange, "ge", NOTIFICATION));
      assertThat(client.others(Output.NotificationsEnded.class))
          .containsExactly(new Output.NotificationsEnded(exchange, End.RESOURCE_ENDED));
    }

    @Test
    void aPartThatIsNotVerifiedBeginsNothingAndEndsNothing() {
      Outbound exchange =
          sent(Request.to(BOB, Code.FETCH, "").with(Option.uint(OptionNumber.OBSERVE, 0)));
      int id = client.takeOnly().messageId();
      client.receive(BOB, protectedResponse(MessageType.ACK, id, exchange, "gp", NOTIFICATION));
      assertThat(exchange.isObserving()).isFalse();
      assertThat(client.outcomes).hasSize(1);
      Outbound second = observed(MessageType.ACK);
      client.receive(BOB, protectedResponse(MessageType.NON, 3, second, "gp 2"));
      assertThat(second.isObserving()).isTrue();
      assertThat(client.others).isEmpty();
    }
  }

  @Test
  void aProtectedResponseToAPlainRequestIsNoResponse() {
    Outbound exchange = client.engine.send(Request.to(BOB, Code.GET, "/lock"), client.now());
    client.drain();
    int id = client.takeOnly().messageId();
    client.receive(BOB, protectedResponse(MessageType.ACK, id, exchange, "g"));
    client.receive(BOB, protectedResponse(MessageType.NON, 1, exchange, "g"));
    client.receive(BOB, protectedResponse(MessageType.CON, 2, exchange, "g"));
    assertThat(client.outcomes).isEmpty();
    assertThat(client.takeOnly()).isEqualTo(empty(MessageType.RST, 2));
  }
}
