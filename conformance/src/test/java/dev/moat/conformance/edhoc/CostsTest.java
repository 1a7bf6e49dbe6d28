package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import dev.moat.edhoc.run.ResponderStep.Completed;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a handshake costs in messages and octets, whoever begins it and however often. */
class CostsTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  private static List<Integer> lengths(EdhocSettings alice, EdhocSettings bob, Method method) {
    return Honest.story(alice, bob, method, 1).messages().stream().map(Bytes::length).toList();
  }

  /** Three flights, and each of them fits the smallest frame of the requirements, 51 octets. */
  @Test
  @Tag("LK-001")
  @Tag("LK-054")
  @Tag("LK-121")
  @Tag("LK-122")
  void threeShortMessagesAreEnough() {
    Cast cast = shortIdentifiers(Cast.of(3, 2));
    assertThat(lengths(Honest.alice(cast), Honest.bob(cast), cast.method()))
        .containsExactly(37, 45, 19)
        .allSatisfy(octets -> assertThat(octets).isLessThanOrEqualTo(51));
  }

  private static Cast shortIdentifiers(Cast cast) {
    return new Cast(
        cast.method(),
        cast.suite(),
        shortIdentifier(cast.alice(), 0x2b),
        shortIdentifier(cast.bob(), 0x32),
        cast.mallory());
  }

  private static Person shortIdentifier(Person person, int kid) {
    Credential credential =
        Credential.ccsOf(person.name(), person.key().publicKey().withKid(Bytes.of(kid)));
    return new Person(
        person.name(), person.key(), credential, IdCred.kid(Bytes.of(kid)), person.kind());
  }

  /** The same two, begun by the other one: with the kinds of keys changed over, nothing changes. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-120")
  void itCostsTheSameWhoeverBegins(Cast cast) {
    int method = cast.method().value();
    int mirrored = method == 1 || method == 2 ? 3 - method : method;
    Cast other = Cast.of(mirrored, cast.suite().value());
    Cast swapped = new Cast(other.method(), cast.suite(), cast.bob(), cast.alice(), cast.mallory());
    assertThat(lengths(Honest.alice(swapped), Honest.bob(swapped), swapped.method()))
        .isEqualTo(lengths(Honest.alice(other), Honest.bob(other), other.method()));
  }

  /** A device that has lost its memory is served like one that never was there. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-129")
  void aSecondRunCostsWhatTheFirstDid(Cast cast) {
    EdhocSettings bob = Honest.bob(cast);
    Honest.Story first = Honest.story(Honest.alice(cast), bob, cast.method(), 2);
    // Restarted: nothing but the credentials is left, which were made with the device.
    Honest.Story second = Honest.story(Honest.alice(cast), bob, cast.method(), 3);
    Honest.assertEqual(second.alice(), second.bob());
    assertThat(second.capture())
        .extracting(Bytes::length)
        .isEqualTo(first.capture().stream().map(Bytes::length).toList());
    assertThat(second.alice().th4()).isNotEqualTo(first.alice().th4());
  }

  /** Both begin at once, as they may: two sessions, and none waits for the other. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-047")
  void bothMayBeginAtOnce(Cast cast) {
    int method = cast.method().value();
    int mirrored = method == 1 || method == 2 ? 3 - method : method;
    Cast other = Cast.of(mirrored, cast.suite().value());
    Cast back = new Cast(other.method(), cast.suite(), cast.bob(), cast.alice(), cast.mallory());
    InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 4);
    InitiatorRun bob = Honest.initiator(Honest.alice(back), back.method(), 5);
    // The messages cross in every flight.
    SendMessage2 bobsAnswer = Honest.responder(Honest.bob(cast), alice.message1(), 6);
    SendMessage2 alicesAnswer = Honest.responder(Honest.bob(back), bob.message1(), 7);
    SendMessage3 alicesThird = Honest.sent(alice.onMessage2(bobsAnswer.message2(), Honest.NOW));
    SendMessage3 bobsThird = Honest.sent(bob.onMessage2(alicesAnswer.message2(), Honest.NOW));
    Completed one =
        Honest.completed(bobsAnswer.run().onMessage3(alicesThird.message3(), Honest.NOW));
    Completed two =
        Honest.completed(alicesAnswer.run().onMessage3(bobsThird.message3(), Honest.NOW));
    Honest.assertEqual(alicesThird.session(), one.session());
    Honest.assertEqual(bobsThird.session(), two.session());
    assertThat(one.session().th4()).isNotEqualTo(two.session().th4());
    assertThat(Honest.secret(one.session())).isNotEqualTo(Honest.secret(two.session()));
  }
}
