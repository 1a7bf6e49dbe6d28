package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.context.SecurityContext.Provenance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8613, Appendix B.1.2. */
class ResynchronisationTest {
  private static final long FIRST_NUMBER_AFTER_RESTART = 200;

  private final SecurityContext client = Contexts.client();
  private final Requester requester = new Requester(client);
  private final SecurityContext restored = Contexts.restored(FIRST_NUMBER_AFTER_RESTART);
  private final ServerRig server = new ServerRig(restored);

  /** With the window trusted after a restart (FRESH), this shows the attack. */
  @ParameterizedTest
  @EnumSource(Provenance.class)
  @Tag("AT-04")
  void neverExecutesWhatWasCapturedBeforeTheRestart(Provenance provenance) {
    ServerRig before = new ServerRig(Contexts.server());
    List<Request> captured = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      captured.add(requester.ask(Requester.put()).outer());
      before.answer(captured.get(i));
    }
    SecurityContext context =
        provenance == Provenance.RESTORED ? Contexts.restored(100) : Contexts.server();
    ServerRig after = new ServerRig(context);

    for (int round = 0; round < 2; round++) {
      captured.forEach(after::answer);
    }

    int expected = provenance == Provenance.RESTORED ? 0 : captured.size();
    assertThat(after.executed).hasSize(expected);
    assertThat(context.replay().isTrusted()).isEqualTo(provenance == Provenance.FRESH);
  }

  @Test
  @Tag("AM-06")
  void challengesByAProtected401WithNothingButInnerEcho() {
    Requester.Asked asked = requester.ask(Requester.put());

    Response answer = server.answer(asked.outer());

    assertThat(answer.options().has(OptionNumber.ECHO)).isFalse();
    assertThat(asked.partialIv(answer)).hasValue(FIRST_NUMBER_AFTER_RESTART);
    Response inner = asked.read(answer);
    assertThat(inner.code()).isEqualTo(Code.UNAUTHORIZED);
    assertThat(inner.options().size()).isEqualTo(1);
    assertThat(inner.options().has(OptionNumber.ECHO)).isTrue();
    assertThat(inner.payload().isEmpty()).isTrue();
    assertThat(server.executed).isEmpty();
    assertThat(server.event(OscoreEvent.ResynchronisationDemanded.class)).isPresent();
  }

  /** Else whoever replays one captured message wears the key out, and ends the context for good. */
  @Test
  void sealsOneChallengeForAllCopiesOfARequest() {
    Requester.Asked asked = requester.ask(Requester.put());
    Response challenge = server.answer(asked.outer());
    long seals = restored.usage().seals();

    for (int i = 0; i < 1000; i++) {
      assertThat(server.answer(asked.outer())).isEqualTo(challenge);
    }

    assertThat(restored.usage().seals()).isEqualTo(seals);
  }

  /** An Echo value is bound to an address: a copy from elsewhere must not use up the client's. */
  @Test
  void challengesEachAddressOfARequestByAValueOfItsOwn() {
    Requester.Asked asked = requester.ask(Requester.put());
    Peer thief = Peer.of(Bytes.of(198, 51, 100, 7), 5683);
    var unused = server.answer(Contexts.arrived(asked.outer(), thief, true));

    Response challenge = asked.read(server.answer(asked.outer()));

    Option echo = new Option(OptionNumber.ECHO, challenge.options().first(OptionNumber.ECHO).get());
    Requester.Asked retry = requester.ask(Requester.put().with(echo));
    assertThat(retry.read(server.answer(retry.outer())).code()).isEqualTo(Code.CONTENT);
  }

  @Test
  void sealsForFewAddressesOfOneRequest() {
    Request put = requester.ask(Requester.put()).outer();
    for (int i = 0; i < 1000; i++) {
      var unused =
          server.answer(Contexts.arrived(put, Peer.of(Bytes.of(198, 51, 100, 7), 1024 + i), false));
    }

    assertThat(restored.usage().seals()).isLessThan(FIRST_NUMBER_AFTER_RESTART + 10);
  }

  @Test
  void sealsNothingForWhatIsOlderThanTheRequestThatItHasChallenged() {
    List<Request> captured = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      captured.add(requester.ask(Requester.put()).outer());
    }
    var unused = server.answer(requester.ask(Requester.put()).outer());
    long seals = restored.usage().seals();

    for (Request older : captured) {
      Response refusal = server.answer(older);
      assertThat(refusal.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(refusal.options().has(OptionNumber.OSCORE)).isFalse();
    }

    assertThat(restored.usage().seals()).isEqualTo(seals);
    assertThat(server.executed).isEmpty();
  }

  @Test
  void trustsTheWindowFromTheRequestThatReturnsTheEcho() {
    Request older = requester.ask(Requester.put()).outer();
    Requester.Asked retry = requester.ask(echoing(challengeFor(requester)));

    Response answer = server.answer(retry.outer());

    assertThat(retry.read(answer).code()).isEqualTo(Code.CONTENT);
    assertThat(server.executed).hasSize(1);
    assertThat(restored.replay().isTrusted()).isTrue();
    assertThat(server.event(OscoreEvent.Resynchronised.class)).isPresent();
    // Its Partial IV is the lower limit: neither it nor what was sent before is accepted.
    server.answer(retry.outer());
    server.answer(older);
    assertThat(server.executed).hasSize(1);
    server.answer(requester.ask(Requester.put()).outer());
    assertThat(server.executed).hasSize(2);
  }

  @Test
  void answersUnderItsOwnPartialIvUntilSynchronised() {
    Requester.Asked retry = requester.ask(echoing(challengeFor(requester)));

    assertThat(retry.partialIv(server.answer(retry.outer())))
        .hasValue(FIRST_NUMBER_AFTER_RESTART + 1);
    Requester.Asked next = requester.ask(Requester.get());
    assertThat(next.partialIv(server.answer(next.outer()))).isEmpty();
  }

  @Test
  @Tag("AM-06")
  void takesNoOuterEchoForProof() {
    Bytes inner = challengeFor(requester);
    Request outer = requester.ask(Requester.put()).outer();
    Bytes reachable = server.proof.reachability(outer.peer(), server.clock.nowNanos());

    server.answer(outer.with(new Option(OptionNumber.ECHO, inner)));
    server.answer(requester.ask(echoing(reachable)).outer());

    assertThat(server.executed).isEmpty();
    assertThat(restored.replay().isTrusted()).isFalse();
  }

  @Test
  void takesNoEchoThatIsTooOld() {
    Bytes echo = challengeFor(requester);
    server.clock.advanceNanos(61_000_000_000L);

    server.answer(requester.ask(echoing(echo)).outer());

    assertThat(server.executed).isEmpty();
  }

  @Test
  void takesNoEchoFromBeforeTheWindowWasLost() {
    // The same process: the context was dropped and opened again within the life of an Echo value.
    Bytes echo =
        server.proof.mint(SecuredBy.associated(Contexts.CLIENT, restored), server.clock.nowNanos());
    Request executedBefore = requester.ask(echoing(echo)).outer();
    server.clock.advanceNanos(5_000_000_000L);

    server.answer(executedBefore);
    server.clock.advanceNanos(5_000_000_000L);
    server.answer(executedBefore);

    assertThat(server.executed).isEmpty();
    assertThat(restored.replay().isTrusted()).isFalse();
  }

  @Test
  void takesNoEchoMadeForAnotherAssociation() {
    Bytes echo = challengeFor(requester);
    Bytes other =
        server.proof.mint(Contexts.CLIENT, server.clock.nowNanos()); // the address without context

    server.answer(requester.ask(echoing(other)).outer());
    assertThat(server.executed).isEmpty();
    server.answer(requester.ask(echoing(echo)).outer());
    assertThat(server.executed).hasSize(1);
  }

  @Test
  void executesOnceWhenTwoLoopsVerifyTheSameProof() {
    ServerRig otherLoop = new ServerRig(restored);
    otherLoop.answer(requester.ask(Requester.put()).outer());
    Request retry = requester.ask(echoing(challengeFor(requester))).outer();
    server.proof.beforeJudging = () -> otherLoop.answer(retry);

    server.answer(retry);

    assertThat(otherLoop.executed).hasSize(1);
    assertThat(server.executed).isEmpty();
    assertThat(server.event(OscoreEvent.ReplayDetected.class)).isPresent();
  }

  @Test
  void rejectsAFloodOfForgeriesWithoutBeingSynchronisedByIt() {
    Request outer = requester.ask(Requester.put()).outer();
    byte[] octets = outer.payload().toArray();
    octets[0] ^= 1;
    for (int i = 0; i < 100; i++) {
      server.answer(outer.withPayload(Bytes.owned(octets)));
    }

    assertThat(restored.replay().isTrusted()).isFalse();
    assertThat(restored.usage().forgeries()).isEqualTo(100);
    assertThat(server.executed).isEmpty();
  }

  private Bytes challengeFor(Requester from) {
    Requester.Asked asked = from.ask(Requester.put());
    Response challenge = asked.read(server.answer(asked.outer()));
    return challenge.options().first(OptionNumber.ECHO).orElseThrow();
  }

  private static Request echoing(Bytes echo) {
    return Requester.put().with(new Option(OptionNumber.ECHO, echo));
  }
}
