package dev.moat.endpoint.stack;

import static dev.moat.endpoint.stack.OscoreRig.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import dev.moat.engine.EngineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody on the path reads, changes, keeps and makes up messages. */
class OscoreMiddleTest {
  private final OscoreRig rig = new OscoreRig();
  private final List<Packet> kept = new ArrayList<>();

  private static boolean isResponse(Packet packet) {
    return packet.message().code().isResponse();
  }

  /** In front of each genuine response the client gets {@code forged}. */
  private void putInFront(UnaryOperator<Message> forged) {
    rig.wire.middle(
        packet ->
            isResponse(packet)
                ? List.of(packet.with(forged.apply(packet.message())), packet)
                : List.of(packet));
  }

  private static Message changed(Message message, Code code, Options options, Bytes payload) {
    return new Message(
        message.type(), message.messageId(), code, message.token(), options, payload);
  }

  private static Bytes flipped(Bytes octets, int at) {
    byte[] copy = octets.toArray();
    copy[at] ^= 1;
    return Bytes.owned(copy);
  }

  private void assertTheGenuineOneWins() {
    Request get = rig.to(Code.GET, "/lock");
    assertThat(rig.response(get).payload().toUtf8()).isEqualTo(SECRET);
  }

  @Test
  @Tag("AT-08")
  void everyFlippedOctetOfAResponseIsIgnoredAndTheGenuineOneWins() {
    int octets = 8 + SECRET.length();
    for (int i = 0; i < octets; i++) {
      int at = i;
      putInFront(m -> changed(m, m.code(), m.options(), flipped(m.payload(), at)));
      assertTheGenuineOneWins();
    }
    assertThat(rig.wire.events)
        .filteredOn(
            new EngineEvent.Ignored(VirtualWire.SERVER, EngineEvent.Why.UNVERIFIED_RESPONSE)
                ::equals)
        .hasSize(octets);
  }

  @Test
  void aSuccessInClearIsNobodysAnswer() {
    putInFront(m -> changed(m, Code.CONTENT, Options.none(), Bytes.utf8("unlocked")));
    assertTheGenuineOneWins();
  }

  @Test
  void anErrorInClearLosesAgainstTheGenuineAnswer() {
    putInFront(m -> changed(m, Code.UNAUTHORIZED, Options.none(), Bytes.empty()));
    assertTheGenuineOneWins();
  }

  @Test
  void aForgedConfirmableResponseIsNeitherAcknowledgedNorBelieved() {
    putInFront(
        m ->
            new Message(
                MessageType.CON, 4711, m.code(), m.token(), m.options(), Bytes.utf8("forged")));
    assertTheGenuineOneWins();
    assertThat(rig.wire.sent).noneMatch(packet -> packet.message().messageId() == 4711);
  }

  @Test
  @Tag("AT-25")
  void theAnswerToAnEarlierGetIsNoAnswerToALaterOne() {
    rig.wire.middle(
        packet -> {
          if (isResponse(packet)) {
            kept.add(packet);
          }
          return List.of(packet);
        });
    assertTheGenuineOneWins();
    Message earlier = kept.get(0).message();
    // The same content under the token and Message ID of the later request.
    putInFront(m -> changed(m, earlier.code(), earlier.options(), earlier.payload()));
    assertTheGenuineOneWins();
    assertThat(rig.wire.events)
        .contains(new EngineEvent.Ignored(VirtualWire.SERVER, EngineEvent.Why.UNVERIFIED_RESPONSE));
  }

  @Test
  @Tag("AT-24")
  void theDelayedAnswerToUnlockDoesNotAnswerLock() {
    Request unlock = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("unlocked"));
    assertThat(rig.response(unlock).code()).isEqualTo(Code.CHANGED);
    // From now on answers are kept, and the lock never hears of what follows.
    rig.wire.middle(
        packet -> {
          if (isResponse(packet)) {
            kept.add(packet);
            return List.of();
          }
          return List.of(packet);
        });
    CompletionStage<Outcome> again = rig.wire.request(rig.client, unlock);
    rig.wire.pass(Duration.ofSeconds(200));
    assertThat(OscoreRig.now(again)).isInstanceOf(Outcome.Unknown.class);
    int movedBefore = rig.moved.size();
    Message stale = kept.get(0).message();
    rig.wire.middle(
        packet ->
            packet.to().equals(VirtualWire.SERVER)
                ? List.of(
                    new Packet(
                        VirtualWire.SERVER,
                        VirtualWire.CLIENT,
                        packet.with(answerTo(packet.message(), stale)).datagram()))
                : List.of(packet));
    Request lock = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("locked"));
    CompletionStage<Outcome> outcome = rig.wire.request(rig.client, lock);
    rig.wire.pass(Duration.ofSeconds(200));
    // The client knows that it does not know, while the door stands open.
    assertThat(OscoreRig.now(outcome)).isInstanceOf(Outcome.Unknown.class);
    assertThat(rig.moved).hasSize(movedBefore);
  }

  private static Message answerTo(Message request, Message stale) {
    return new Message(
        MessageType.ACK,
        request.messageId(),
        stale.code(),
        request.token(),
        stale.options(),
        stale.payload());
  }

  @Test
  @Tag("AT-26")
  void answersOfTwoResourcesCannotBeExchanged() {
    rig.wire.middle(
        packet -> {
          if (isResponse(packet)) {
            kept.add(packet);
            return List.of();
          }
          return List.of(packet);
        });
    CompletionStage<Outcome> lock = rig.wire.request(rig.client, rig.to(Code.GET, "/lock"));
    CompletionStage<Outcome> other = rig.wire.request(rig.client, rig.to(Code.GET, "/nothing"));
    rig.wire.middle(List::of);
    // NSTART holds the second back until the first has ended.
    Message first = kept.get(0).message();
    rig.wire.middle(
        packet ->
            isResponse(packet) && !packet.message().token().equals(first.token())
                ? List.of(
                    packet.with(
                        changed(packet.message(), first.code(), first.options(), first.payload())),
                    packet)
                : List.of(packet));
    rig.wire.pass(Duration.ofSeconds(200));
    assertThat(OscoreRig.responseOf(OscoreRig.now(lock)).payload().toUtf8()).isEqualTo(SECRET);
    assertThat(OscoreRig.responseOf(OscoreRig.now(other)).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aReplayedRequestIsNotExecutedAgain() {
    Request post = rig.to(Code.POST, "/lock").withPayload(Bytes.utf8("opened"));
    assertThat(rig.response(post).code()).isEqualTo(Code.CHANGED);
    int sent = rig.wire.sent.size();
    for (Packet packet : List.copyOf(rig.wire.sent)) {
      if (packet.message().code().isRequest()) {
        Message m = packet.message();
        rig.wire.send(
            packet.with(
                new Message(MessageType.NON, 99, m.code(), m.token(), m.options(), m.payload())));
      }
    }
    rig.wire.settle();
    assertThat(rig.wire.sent.size()).isGreaterThan(sent);
    assertThat(rig.moved).containsExactly("opened");
  }

  @Test
  void outerOptionsOfARequestChangeNothing() {
    rig.wire.middle(
        packet -> {
          Message m = packet.message();
          return m.code().isRequest()
              ? List.of(
                  packet.with(
                      changed(
                          m,
                          m.code(),
                          m.options()
                              .with(Option.uint(OptionNumber.NO_RESPONSE, 26))
                              .with(Option.uint(OptionNumber.OBSERVE, 0))
                              .with(Option.text(OptionNumber.URI_PATH, "nothing")),
                          m.payload())))
              : List.of(packet);
        });
    assertTheGenuineOneWins();
    assertThat(rig.state.observers()).isZero();
  }

  /**
   * Whoever holds a request back and forges a challenge must not get a second one out of the
   * client: the first would still act, after the client was told that all is done.
   */
  @Test
  @Tag("AT-04")
  void aForgedChallengeLeavesNoCopyBehindThatActsLater() {
    Request unlock = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("unlocked"));
    assertThat(rig.response(unlock).code()).isEqualTo(Code.CHANGED); // an Echo value is at hand
    Option echo = new Option(OptionNumber.ECHO, Bytes.of(1, 2, 3, 4));
    rig.wire.middle(
        packet -> {
          if (!packet.to().equals(VirtualWire.SERVER) || !kept.isEmpty()) {
            return List.of(packet);
          }
          kept.add(packet);
          Message m = packet.message();
          Message challenge =
              new Message(
                  MessageType.ACK,
                  m.messageId(),
                  Code.UNAUTHORIZED,
                  m.token(),
                  Options.of(echo),
                  Bytes.empty());
          return List.of(
              new Packet(
                  VirtualWire.SERVER, VirtualWire.CLIENT, packet.with(challenge).datagram()));
        });
    CompletionStage<Outcome> again = rig.wire.request(rig.client, unlock);
    boolean told = again.toCompletableFuture().isDone();
    Request lock = rig.to(Code.PUT, "/lock").withPayload(Bytes.utf8("locked"));
    if (told) {
      assertThat(rig.response(lock).code()).isEqualTo(Code.CHANGED);
    }
    rig.wire.middle(List::of);
    rig.wire.send(kept.get(0));
    rig.wire.settle();

    // Done or not, a client that was told so finds the lock as it was left.
    assertThat(told && rig.moved.get(rig.moved.size() - 1).equals("unlocked")).isFalse();
  }

  /** A challenge says that its copy did nothing, not that none before the restart did. */
  @Test
  @Tag("AT-04")
  void whatAServerDidBeforeItsRestartIsNotDoneAgainAfterIt() {
    Request post = rig.to(Code.POST, "/lock").withPayload(Bytes.utf8("opened"));
    assertThat(rig.response(post).code()).isEqualTo(Code.CHANGED); // an Echo value is at hand
    rig.wire.middle(packet -> isResponse(packet) ? List.of() : List.of(packet));
    CompletionStage<Outcome> second = rig.wire.request(rig.client, post);
    assertThat(rig.moved).hasSize(2);
    rig.restartServer();
    rig.wire.middle(List::of);
    rig.wire.pass(Duration.ofSeconds(10));

    assertThat(rig.moved).hasSize(2);
    assertThat(((Outcome.Unknown) OscoreRig.now(second)).doubt())
        .isEqualTo(Outcome.Doubt.SERVER_RESTARTED);
    // Nothing was done under the first copy of this one, so that it is simply made once more.
    assertThat(rig.response(post).code()).isEqualTo(Code.CHANGED);
    assertThat(rig.moved).hasSize(3);
  }

  /** One forged datagram under a foreseen Message ID must not answer the genuine one in advance. */
  @Test
  void aForgeryUnderTheSameMessageIdDoesNotTakeTheGenuineRequestsPlace() {
    rig.wire.middle(
        packet -> {
          Message m = packet.message();
          return m.code().isRequest()
              ? List.of(
                  packet.with(changed(m, m.code(), m.options(), flipped(m.payload(), 0))), packet)
              : List.of(packet);
        });
    assertTheGenuineOneWins();
  }

  @Test
  void anUnprotectedChallengeIsAnsweredOnceAndThenDoubted() {
    rig.wire.middle(
        packet -> {
          Message m = packet.message();
          Response challenge =
              Response.of(Code.UNAUTHORIZED)
                  .with(new Option(OptionNumber.ECHO, Bytes.of(1, 2, 3, 4)));
          return isResponse(packet)
              ? List.of(
                  packet.with(changed(m, challenge.code(), challenge.options(), Bytes.empty())))
              : List.of(packet);
        });
    CompletionStage<Outcome> outcome = rig.wire.request(rig.client, rig.to(Code.GET, "/lock"));
    rig.wire.pass(Duration.ofSeconds(3));
    assertThat(((Outcome.Unknown) OscoreRig.now(outcome)).doubt())
        .isEqualTo(Outcome.Doubt.UNPROTECTED_ERROR);
    rig.assertEveryRequestIsProtected();
  }
}
