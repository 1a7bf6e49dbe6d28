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
import dev.moat.coap.service.Request;
import dev.moat.engine.EngineEvent.Why;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientObservationTest {
  private final Driver client = new Driver(OPEN);
  private final Request registration =
      Request.to(BOB, Code.GET, "/lock").with(Option.uint(OptionNumber.OBSERVE, 0));

  private Outbound observed(long sequence) {
    Outbound exchange = client.engine.send(registration, client.now());
    client.drain();
    int id = client.takeOnly().messageId();
    client.receive(BOB, notification(MessageType.ACK, id, exchange, sequence));
    return exchange;
  }

  private static Message notification(MessageType type, int id, Outbound exchange, long sequence) {
    return new Message(
        type,
        id,
        Code.CONTENT,
        exchange.token(),
        Options.of(Option.uint(OptionNumber.OBSERVE, sequence)),
        Bytes.empty());
  }

  private static Message last(int id, Code code, Outbound exchange) {
    return new Message(MessageType.CON, id, code, exchange.token(), Options.none(), Bytes.empty());
  }

  private List<Long> notified() {
    return client.others(Output.Notified.class).stream()
        .map(n -> n.notification().options().observe().orElse(-1))
        .toList();
  }

  private List<End> ends() {
    return client.others(Output.NotificationsEnded.class).stream()
        .map(Output.NotificationsEnded::reason)
        .toList();
  }

  @Test
  void theFirstResponseConcludesAndNotificationsFollow() {
    Outbound exchange = observed(10);
    assertThat(client.outcomes).hasSize(1).allMatch(Outcome.Responded.class::isInstance);
    assertThat(exchange.isObserving()).isTrue();
    client.receive(BOB, notification(MessageType.NON, 1, exchange, 11));
    client.receive(BOB, notification(MessageType.CON, 2, exchange, 12));
    assertThat(notified()).containsExactly(11L, 12L);
    assertThat(client.takeOnly()).isEqualTo(empty(MessageType.ACK, 2));
    client.pass(1000);
    assertThat(client.engine.load().openExchanges()).isEqualTo(1);
  }

  @Test
  void dropsNotificationsThatAreNotNewer() {
    Outbound exchange = observed(10);
    client.receive(BOB, notification(MessageType.NON, 1, exchange, 10));
    client.receive(BOB, notification(MessageType.NON, 2, exchange, 9));
    client.receive(BOB, notification(MessageType.CON, 3, exchange, 8));
    assertThat(notified()).isEmpty();
    assertThat(client.takeOnly()).isEqualTo(empty(MessageType.ACK, 3));
    assertThat(client.ignored()).hasSize(3).containsOnly(Why.STALE_NOTIFICATION);
    client.pass(129);
    client.receive(BOB, notification(MessageType.NON, 4, exchange, 9));
    assertThat(notified()).containsExactly(9L);
  }

  @Test
  void aPlainResponseBeginsNothing() {
    Outbound exchange = client.engine.send(registration, client.now());
    client.drain();
    int id = client.takeOnly().messageId();
    client.receive(
        BOB,
        new Message(
            MessageType.ACK, id, Code.CONTENT, exchange.token(), Options.none(), Bytes.empty()));
    assertThat(exchange.isObserving()).isFalse();
    assertThat(client.engine.load().openExchanges()).isZero();
  }

  @Test
  void anErrorBeginsNothing() {
    Outbound exchange = client.engine.send(registration, client.now());
    client.drain();
    Message error =
        new Message(
            MessageType.ACK,
            client.takeOnly().messageId(),
            Code.NOT_FOUND,
            exchange.token(),
            Options.of(Option.uint(OptionNumber.OBSERVE, 1)),
            Bytes.empty());
    client.receive(BOB, error);
    assertThat(exchange.isObserving()).isFalse();
  }

  @Test
  void anUninvitedObserveBeginsNothing() {
    Outbound exchange = client.engine.send(Request.to(BOB, Code.GET, "/lock"), client.now());
    client.drain();
    client.receive(BOB, notification(MessageType.ACK, client.takeOnly().messageId(), exchange, 1));
    assertThat(exchange.isObserving()).isFalse();
    assertThat(client.outcomes).hasSize(1);
  }

  @Test
  void anErrorOrAPlainResponseIsTheLastNotification() {
    client.receive(BOB, last(1, Code.NOT_FOUND, observed(10)));
    client.takeAll();
    client.receive(BOB, last(2, Code.CONTENT, observed(10)));
    assertThat(client.others(Output.Notified.class)).hasSize(2);
    assertThat(ends()).containsExactly(End.RESOURCE_ENDED, End.RESOURCE_ENDED);
    assertThat(client.engine.load().openExchanges()).isZero();
  }

  @Test
  @Tag("AT-29")
  void aNotificationAfterCancellingIsMetWithReset() {
    Outbound exchange = observed(10);
    client.engine.cancel(exchange, client.now());
    client.drain();
    assertThat(ends()).containsExactly(End.CANCELLED);
    client.receive(BOB, notification(MessageType.NON, 5, exchange, 11));
    client.receive(BOB, notification(MessageType.CON, 6, exchange, 12));
    assertThat(client.takeAll())
        .containsExactly(empty(MessageType.RST, 5), empty(MessageType.RST, 6));
    assertThat(notified()).isEmpty();
  }

  @Test
  void deregisteringUsesTheSameTokenAndIgnoresLateNotifications() {
    Outbound exchange = observed(10);
    Request deregistration =
        Request.to(BOB, Code.GET, "/lock")
            .with(Option.uint(OptionNumber.OBSERVE, 1))
            .withFact(Outbound.SAME_TOKEN_AS, exchange);
    Outbound second = client.engine.send(deregistration, client.now());
    client.drain();
    assertThat(second.token()).isEqualTo(exchange.token());
    assertThat(ends()).containsExactly(End.CANCELLED);
    client.receive(BOB, notification(MessageType.NON, 5, exchange, 11));
    assertThat(client.outcomes).hasSize(1);
    client.receive(BOB, last(6, Code.CONTENT, exchange));
    assertThat(client.outcomes).hasSize(2);

    client.engine.send(deregistration, client.now());
    client.engine.send(deregistration, client.now());
    client.drain();
    assertThat(client.outcomes.get(2)).isInstanceOf(Outcome.NotDelivered.class);
  }

  @Test
  void closingEndsTheObservation() {
    observed(10);
    client.engine.close(client.now());
    client.drain();
    assertThat(ends()).containsExactly(End.EVICTED);
    assertThat(client.outcomes).hasSize(1);
  }
}
