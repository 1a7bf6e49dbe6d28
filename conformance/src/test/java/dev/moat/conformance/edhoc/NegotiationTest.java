package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An attacker on the path steers what the two ends agree on (RFC 9528, Sections 6.3 and 9.1). */
class NegotiationTest {
  private static final CipherSuites SUITES = CipherSuites.standard();
  private static final InsecureSeededRandom RANDOM = new InsecureSeededRandom(77);

  /** With a key for every kind and curve that these stories need. */
  private static final List<Person> ALICE = wardrobe("alice");

  private static final List<Person> BOB = wardrobe("bob");

  private static List<Person> wardrobe(String name) {
    return Stream.of(0, 2)
        .map(SUITES::require)
        .flatMap(
            suite ->
                Stream.of(AuthenticationKind.SIGNATURE, AuthenticationKind.STATIC_DH)
                    .map(
                        kind ->
                            Cast.person(
                                name + kind.ordinal() + suite.value(), kind, suite, RANDOM)))
        .toList();
  }

  private static EdhocSettings settings(
      List<Person> own, List<Person> peers, Set<Method> methods, Integer... suites) {
    return EdhocSettings.builder(
            Cast.PRIMITIVES, Stream.of(suites).map(SUITES::require).toList(), methods)
        .identities(own.stream().map(Honest::identity).toArray(Identity[]::new))
        .peers(Honest.trusting(peers.toArray(Person[]::new)))
        .build();
  }

  private static EdhocSettings alice(Method method, Integer... suites) {
    return settings(ALICE, BOB, Set.of(method), suites);
  }

  private static EdhocSettings bob(Integer... suites) {
    return settings(BOB, ALICE, Set.of(Method.values()), suites);
  }

  private static Bytes rewritten(Bytes message1, int method, SuitesField suites) throws Exception {
    Message1 m = Message1.decode(message1);
    return new Message1(method, suites, m.gX(), m.cI(), m.ead1()).encoded();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-072")
  @Tag("LK-074")
  void aListWithoutThePreferredSuiteIsFoundOutAtMessage2(int method) throws Exception {
    Method wanted = Method.of(method).orElseThrow();
    InitiatorRun alice = Honest.initiator(alice(wanted, 3, 2), wanted, 1);
    Bytes stripped = rewritten(alice.message1(), method, SuitesField.of(2));
    ResponderStep.SendMessage2 fooled = Honest.responder(bob(2, 3), stripped, 1);
    assertNotAccepted(alice.onMessage2(fooled.message2(), Honest.NOW));
    ResponderStep.SendMessage2 genuine = Honest.responder(bob(2, 3), alice.message1(), 2);
    assertThat(Honest.sent(alice.onMessage2(genuine.message2(), Honest.NOW)).session().suite())
        .isEqualTo(SUITES.require(3));
  }

  /** The forged error makes Alice offer less; her list still says what she prefers. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-074")
  @Tag("LK-096")
  void aForgedErrorDoesNotMakeAnHonestResponderTakeTheWeakerSuite(int method) {
    Method wanted = Method.of(method).orElseThrow();
    InitiatorRun alice = Honest.initiator(alice(wanted, 3, 2), wanted, 3);
    Bytes forged = new EdhocError.WrongSuite(SuitesField.of(2)).encoded();
    InitiatorRun weaker = retried(alice.onError(forged));
    assertThat(Honest.refused(Honest.receive(bob(3, 2), weaker.message1(), 3)))
        .isEqualTo(Reason.WRONG_SUITE);
    // Where the error is true the same message is answered.
    ResponderStep.SendMessage2 old = Honest.responder(bob(2), weaker.message1(), 4);
    assertThat(Honest.sent(weaker.onMessage2(old.message2(), Honest.NOW)).session().suitesI())
        .containsExactly(3, 2);
    // Nor does a second error lead to a third guess.
    InitiatorRun again = retried(alice.onError(forged));
    assertThat(again.onError(new EdhocError.WrongSuite(SuitesField.of(3)).encoded()))
        .isInstanceOf(InitiatorStep.Rejected.class);
  }

  private static InitiatorRun retried(InitiatorStep step) {
    assertThat(step).isInstanceOf(InitiatorStep.Retry.class);
    return ((InitiatorStep.Retry) step).next();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-034")
  @Tag("LK-035")
  @Tag("LK-072")
  void anotherMethodInTransitIsFoundOut(int method) throws Exception {
    Method wanted = Method.of(method).orElseThrow();
    for (int other = 0; other < 4; other++) {
      if (other != method) {
        InitiatorRun alice = Honest.initiator(alice(wanted, 2), wanted, 5);
        Bytes changed = rewritten(alice.message1(), other, SuitesField.of(2));
        ResponderStep.SendMessage2 bob = Honest.responder(bob(2), changed, 5);
        InitiatorStep step = alice.onMessage2(bob.message2(), Honest.NOW);
        assertNotAccepted(step);
        ResponderStep.SendMessage2 genuine = Honest.responder(bob(2), alice.message1(), 6);
        assertThat(Honest.sent(alice.onMessage2(genuine.message2(), Honest.NOW)).session().method())
            .isEqualTo(wanted);
      }
    }
  }

  /** Whatever octet of message_1 is changed: nobody goes on, or the two do not agree. */
  @ParameterizedTest
  @MethodSource("dev.moat.conformance.edhoc.Cast#publicKeyStories")
  @Tag("LK-072")
  void everyOctetOfMessage1Counts(Cast cast) {
    InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 7);
    Bytes message1 = alice.message1();
    int answered = 0;
    for (int at = 0; at < message1.length(); at++) {
      Bytes changed = Honest.flipped(message1, at, at % 8);
      ResponderStep step = Honest.receive(Honest.bob(cast), changed, 7);
      if (step instanceof ResponderStep.SendMessage2 bob) {
        answered++;
        assertNotAccepted(alice.onMessage2(bob.message2(), Honest.NOW));
      }
    }
    assertThat(answered).as("changes that only Alice can see").isPositive();
    ResponderStep.SendMessage2 genuine = Honest.responder(Honest.bob(cast), message1, 8);
    assertThat(Honest.sent(alice.onMessage2(genuine.message2(), Honest.NOW))).isNotNull();
  }

  /** The selected suite is the first of Alice's that Bob has, whatever the lists. */
  @Test
  @Tag("LK-070")
  @Tag("LK-073")
  void bothEndsAgreeOnWhatWasProposedAndChosen() {
    Seeded.check(
        40,
        arbitrary -> {
          List<Integer> offered = shuffled(arbitrary);
          List<Integer> supported = shuffled(arbitrary);
          Integer[] mine = offered.toArray(Integer[]::new);
          EdhocSettings bob = bob(supported.toArray(Integer[]::new));
          InitiatorRun alice = Honest.initiator(alice(Method.DH_DH, mine), Method.DH_DH, 9);
          int expected = offered.stream().filter(supported::contains).findFirst().orElseThrow();
          ResponderStep first = Honest.receive(bob, alice.message1(), 9);
          if (first instanceof ResponderStep.Rejected rejected) {
            alice = retried(alice.onError(rejected.errorMessage().orElseThrow()));
          }
          Honest.Story story = Honest.story(alice, bob, 9);
          assertThat(story.alice().suite().value()).isEqualTo(expected);
          assertThat(story.bob().suite()).isEqualTo(story.alice().suite());
          assertThat(story.bob().suitesI())
              .isEqualTo(story.alice().suitesI())
              .isEqualTo(offered.subList(0, offered.indexOf(expected) + 1));
          Honest.assertEqual(story.alice(), story.bob());
        });
  }

  /** All suites of these keys, in any order, the first two to five; 0 or 2 always among them. */
  private static List<Integer> shuffled(Arbitrary arbitrary) {
    List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
    List<Integer> picked = new ArrayList<>();
    for (int count = arbitrary.between(4, 6); count > 0; count--) {
      Integer next = arbitrary.pick(left);
      left.remove(next);
      picked.add(next);
    }
    return picked;
  }

  @Test
  @Tag("LK-065")
  void refusesMethodsAndSuitesItDoesNotKnow() throws Exception {
    InitiatorRun alice = Honest.initiator(alice(Method.DH_DH, 2), Method.DH_DH, 10);
    for (int method : new int[] {5, 23, 24, 255, 65_535, -1, Integer.MIN_VALUE}) {
      Bytes unknown = rewritten(alice.message1(), method, SuitesField.of(2));
      assertError(Honest.receive(bob(2), unknown, 10), Reason.METHOD_NOT_SUPPORTED, 1);
    }
    for (int suite : new int[] {6, 7, 23, 26, 255, 65_535, -21, -65_536}) {
      Bytes unknown = rewritten(alice.message1(), 3, SuitesField.of(suite));
      assertError(Honest.receive(bob(2), unknown, 10), Reason.WRONG_SUITE, 2);
    }
    assertThat(Honest.answered(Honest.receive(bob(2), alice.message1(), 10))).isNotNull();
  }

  private static void assertError(ResponderStep step, Reason reason, int code) throws Exception {
    assertThat(Honest.refused(step)).isEqualTo(reason);
    Bytes answer = ((ResponderStep.Rejected) step).errorMessage().orElseThrow();
    assertThat(EdhocError.decode(answer).code()).isEqualTo(code);
  }

  /** A suite of one's own needs a line of configuration at both ends, and no code. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-062")
  void agreesOnAPrivateSuiteThatIsConfigured(int method) {
    CipherSuite like = SUITES.require(5);
    CipherSuite own =
        SUITES
            .with(
                new CipherSuite(
                    -23,
                    like.aead(),
                    like.hash(),
                    32,
                    like.curve(),
                    like.signature(),
                    SUITES.require(6).applicationAead(),
                    like.applicationHash()))
            .require(-23);
    Cast cast = Cast.of(Method.of(method).orElseThrow(), own);
    Honest.Story story = Honest.story(Honest.alice(cast), Honest.bob(cast), cast.method(), 11);
    assertThat(story.alice().suite().value()).isEqualTo(-23);
    Honest.assertEqual(story.alice(), story.bob());
    assertThat(Honest.refused(Honest.receive(bob(2), story.message(1), 11)))
        .as("without the line")
        .isEqualTo(Reason.WRONG_SUITE);
  }

  /** Strength of keys and hashes of every suite, in bits of security. */
  @Test
  @Tag("LK-075")
  void everySuiteHas127BitsOrMore() {
    assertThat(SUITES.all())
        .allSatisfy(
            suite -> {
              assertThat(suite.aead().keyOctets()).isGreaterThanOrEqualTo(16);
              assertThat(suite.applicationAead().keyOctets()).isGreaterThanOrEqualTo(16);
              assertThat(suite.hash().octets()).isGreaterThanOrEqualTo(32);
              assertThat(suite.curve().octets()).isGreaterThanOrEqualTo(32);
              assertThat(suite.signature().publicKeyOctets()).isGreaterThanOrEqualTo(32);
              // Guessing a MAC takes a live peer for every guess (Section 9.1).
              assertThat(suite.macOctets()).isGreaterThanOrEqualTo(8);
            });
  }

  private static void assertNotAccepted(InitiatorStep step) {
    assertThat(step).isNotInstanceOf(InitiatorStep.SendMessage3.class);
  }
}
