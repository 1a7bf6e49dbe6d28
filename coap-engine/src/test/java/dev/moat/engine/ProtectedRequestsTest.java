package dev.moat.engine;

import static dev.moat.engine.Driver.ALICE;
import static dev.moat.engine.Driver.OPEN;
import static dev.moat.engine.Driver.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications.End;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests with the OSCORE option at a server: what is outside moves nothing. */
class ProtectedRequestsTest {
  private static final Option OSCORE = new Option(OptionNumber.OSCORE, Bytes.of(9));
  private static final Response STATE =
      Response.text(Code.CONTENT, "ciphertext")
          .with(OSCORE)
          .with(new Option(OptionNumber.OBSERVE, Bytes.empty()));
  private static final long CONTEXT = Long.MIN_VALUE + 1;

  private final Driver server = new Driver(OPEN.withOscore());

  private static Message fetch(int id, int token, Option... more) {
    Message bare = Driver.message(MessageType.CON, id, Code.FETCH, token, more);
    return new Message(
        bare.type(),
        id,
        bare.code(),
        bare.token(),
        bare.options().with(OSCORE),
        Bytes.utf8("ciphertext"));
  }

  private static Option observe(int value) {
    return Option.uint(OptionNumber.OBSERVE, value);
  }

  private void verified(Code method, long association, Option... inner) {
    Peer peer = new Peer(ALICE.high(), ALICE.low(), ALICE.port(), 0, association);
    Request request = Request.to(peer, method, "/lock");
    for (Option option : inner) {
      request = request.with(option);
    }
    server.engine.verified(server.lastArrived().exchange(), request, server.now());
    server.drain();
  }

  private Optional<Observation> observeNow(Response first) {
    Optional<Observation> relation =
        server.engine.observe(server.lastArrived().exchange(), first, server.now());
    server.drain();
    return relation;
  }

  private Observation registered() {
    server.receive(ALICE, fetch(1, 5, observe(0)));
    verified(Code.GET, CONTEXT, observe(0));
    Observation relation = observeNow(STATE).orElseThrow();
    server.takeAll();
    return relation;
  }

  private List<End> ends() {
    return server.others(Output.ObservationEnded.class).stream()
        .map(Output.ObservationEnded::reason)
        .toList();
  }

  @Test
  void anOuterDeregistrationEndsNothingUntilItIsVerified() {
    registered();
    server.receive(ALICE, fetch(2, 5, observe(1)));
    assertThat(ends()).isEmpty();
    verified(Code.GET, CONTEXT, observe(1));
    assertThat(ends()).containsExactly(End.CANCELLED);
  }

  @Test
  void aFlippedOuterObserveEndsNothing() {
    registered();
    server.receive(ALICE, fetch(2, 5, observe(1)));
    verified(Code.GET, CONTEXT, observe(0));
    assertThat(ends()).isEmpty();
  }

  @Test
  void aDeregistrationOfAnotherSecurityAssociationEndsNothing() {
    registered();
    server.receive(ALICE, fetch(2, 5, observe(1)));
    verified(Code.GET, CONTEXT + 1, observe(1));
    server.receive(ALICE, Driver.message(MessageType.NON, 3, Code.GET, 5, observe(1)));
    assertThat(ends()).isEmpty();
  }

  @Test
  void noRegistrationFromOutsideTheAssociationTakesTheTokenOver() {
    registered();
    server.receive(ALICE, Driver.message(MessageType.CON, 2, Code.GET, 5, observe(0)));
    assertThat(observeNow(content(3))).isEmpty();
    assertThat(server.takeOnly().options().has(OptionNumber.OBSERVE)).isFalse();
    assertThat(ends()).isEmpty();
  }

  @Test
  void theSameAssociationReplacesItsOwnRegistration() {
    registered();
    server.receive(ALICE, fetch(2, 5, observe(0)));
    verified(Code.GET, CONTEXT, observe(0));
    assertThat(observeNow(STATE)).isPresent();
    assertThat(ends()).containsExactly(End.REPLACED);
  }

  @Test
  void anInsertedOuterObserveRegistersNothing() {
    server.receive(ALICE, fetch(1, 5, observe(0)));
    verified(Code.GET, CONTEXT);
    assertThat(observeNow(STATE)).isEmpty();
    assertThat(server.engine.load().observations()).isZero();
  }

  @Test
  void theOuterCodeDoesNotMakeAnUnsafeRequestARegistration() {
    server.receive(ALICE, fetch(1, 5, observe(0)));
    verified(Code.PUT, CONTEXT, observe(0));
    assertThat(observeNow(STATE)).isEmpty();
  }

  @Test
  void aProtectedStateWithoutObserveIsTheLast() {
    Observation relation = registered();
    Response last = Response.text(Code.CHANGED, "ciphertext").with(OSCORE);
    server.engine.notify(relation, last, server.now());
    server.drain();
    assertThat(ends()).containsExactly(End.RESOURCE_ENDED);
    assertThat(server.takeOnly().options().has(OptionNumber.OBSERVE)).isFalse();
  }

  @Test
  void theDailyCheckAsksForAStateThatIsProtectedAnew() {
    Observation relation = registered();
    server.pass(Duration.ofHours(25));
    assertThat(server.others(Output.RenewalDue.class)).hasSize(1);
    assertThat(server.takeAll()).isEmpty();
    server.engine.notify(relation, STATE, server.now());
    server.drain();
    assertThat(server.takeOnly().type()).isEqualTo(MessageType.CON);
  }

  /** Tokens are easily foreseen: who forges a registration in clear must not win by that. */
  @Test
  void aRegistrationInClearDoesNotKeepAProtectedOneOut() {
    server.receive(ALICE, Driver.message(MessageType.CON, 1, Code.GET, 5, observe(0)));
    assertThat(observeNow(content(3))).isPresent();
    server.receive(ALICE, fetch(2, 5, observe(0)));
    verified(Code.GET, CONTEXT, observe(0));
    assertThat(observeNow(STATE)).isPresent();
    assertThat(ends()).containsExactly(End.REPLACED);
  }

  /** Else whoever forges messages under all Message IDs answers the genuine ones in advance. */
  @Test
  void whatWasNeverVerifiedDoesNotMakeACopyOfAGenuineMessage() {
    server.receive(ALICE, fetch(1, 5));
    server.respond(Response.of(Code.BAD_REQUEST));
    assertThat(server.engine.load().dedupEntries()).isZero();
    server.receive(ALICE, fetch(2, 6));
    server.engine.suppress(server.lastArrived().exchange());
    server.respond(Response.of(Code.BAD_REQUEST));
    server.takeAll();

    server.receive(ALICE, fetch(1, 7));

    assertThat(server.lastArrived().exchange().token()).isEqualTo(Bytes.of(7));
    assertThat(server.engine.load().dedupEntries()).isEqualTo(1);
  }

  @Test
  void aCopyOfWhatWasVerifiedGetsTheSameAnswer() {
    server.receive(ALICE, fetch(1, 5));
    verified(Code.POST, CONTEXT);
    server.respond(Response.of(Code.INTERNAL_SERVER_ERROR));
    Message first = server.takeOnly();
    server.receive(ALICE, fetch(1, 5));
    assertThat(server.takeOnly()).isEqualTo(first);
    assertThat(server.arrived).hasSize(1);
  }

  @Test
  void theOuterNoResponseIsIgnoredAndTheInnerOneKept() {
    Option nothing = Option.uint(OptionNumber.NO_RESPONSE, 26);
    server.receive(ALICE, fetch(1, 5, nothing));
    verified(Code.POST, CONTEXT);
    server.respond(Response.of(Code.CHANGED).with(OSCORE));
    assertThat(server.takeOnly().code()).isEqualTo(Code.CHANGED);

    server.receive(ALICE, fetch(2, 6));
    verified(Code.POST, CONTEXT, nothing);
    server.engine.suppress(server.lastArrived().exchange());
    server.respond(Response.of(Code.CHANGED).with(OSCORE));
    assertThat(server.takeOnly()).isEqualTo(Driver.empty(MessageType.ACK, 2));
  }

  @Test
  @Tag("AM-06")
  void anAnswerAboveTheBudgetIsReplacedByAChallengeAndNeverCut() {
    Driver guarded = new Driver(EngineConfig.defaults().withOscore());
    Message post =
        new Message(
            MessageType.CON, 1, Code.POST, Bytes.of(5), fetch(1, 5).options(), Bytes.of(1, 2, 3));
    guarded.receive(ALICE, post);
    guarded.respond(content(400).with(OSCORE));
    Message challenge = guarded.takeOnly();
    assertThat(challenge.code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(challenge.options().has(OptionNumber.ECHO)).isTrue();
    assertThat(guarded.events(EngineEvent.Shortened.class)).isEmpty();
  }
}
