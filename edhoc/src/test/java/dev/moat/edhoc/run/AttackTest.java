package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;
import static dev.moat.edhoc.run.Steps.assertRejected;
import static dev.moat.edhoc.run.Steps.completed;
import static dev.moat.edhoc.run.Steps.message2;
import static dev.moat.edhoc.run.Steps.message3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborReader;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.key.KeyCurve;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What someone on the path, or with a key of their own, does not get. */
class AttackTest {
  private static final CipherSuite SUITE = CipherSuites.standard().require(2);

  @ParameterizedTest
  @EnumSource(value = Method.class, names = "PSK", mode = Mode.EXCLUDE)
  @Tag("LK-072")
  @Tag("LK-083")
  void noticesEveryChangedOctetOfMessage1(Method method) {
    Pair pair = Pair.byKid(method, 2);
    InitiatorRun run = pair.begin();
    for (Bytes changed : flips(run.message1())) {
      ResponderStep step = pair.receive(changed);
      if (step instanceof ResponderStep.SendMessage2 answer) {
        assertThat(run.onMessage2(answer.message2(), NOW))
            .isInstanceOf(InitiatorStep.Rejected.class);
      }
    }
    assertStillCompletes(pair, run);
  }

  @ParameterizedTest
  @EnumSource(value = Method.class, names = "PSK", mode = Mode.EXCLUDE)
  @Tag("LK-072")
  @Tag("LK-087")
  @Tag("LK-098")
  void noticesEveryChangedOctetOfMessage2(Method method) {
    Pair pair = Pair.byKid(method, 0);
    InitiatorRun run = pair.begin();
    Bytes genuine = message2(pair.receive(run.message1())).message2();
    for (Bytes changed : flips(genuine)) {
      assertThat(run.onMessage2(changed, NOW)).isNotInstanceOf(InitiatorStep.SendMessage3.class);
    }
    assertStillCompletes(pair, run);
  }

  @ParameterizedTest
  @EnumSource(value = Method.class, names = "PSK", mode = Mode.EXCLUDE)
  @Tag("LK-072")
  @Tag("LK-088")
  @Tag("LK-098")
  void noticesEveryChangedOctetOfMessage3And4(Method method) {
    Pair base = Pair.byKid(method, 0);
    Pair pair =
        base.with(again(base.initiator(), base).build(), again(base.responder(), base).build());
    InitiatorRun run = pair.begin();
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    for (Bytes changed : flips(third.message3())) {
      assertThat(second.run().onMessage3(changed, NOW))
          .isNotInstanceOf(ResponderStep.Completed.class);
    }
    ResponderStep.Completed fourth = completed(second.run().onMessage3(third.message3(), NOW));
    Bytes message4 = fourth.message4().orElseThrow();
    for (Bytes changed : flips(message4)) {
      assertThat(run.onMessage4(changed)).isNotInstanceOf(InitiatorStep.Completed.class);
    }
    assertThat(third.session().isConfirmed()).isFalse();
    Steps.assertSame(completed(run.onMessage4(message4)), fourth.session());
  }

  @Test
  @Tag("LK-034")
  @Tag("LK-035")
  void noticesARewrittenMethod() {
    Person i = Person.claiming("initiator", Person.curve(AuthenticationKind.STATIC_DH, SUITE));
    Person r = Person.claiming("responder", Person.curve(AuthenticationKind.STATIC_DH, SUITE));
    for (Method said : List.of(Method.SIGN_DH, Method.DH_SIGN)) {
      Pair pair = Pair.of(said, SUITE, i, IdCred.Type.KID, r, IdCred.Type.KID);
      InitiatorRun run = pair.begin();
      for (Method other : List.of(Method.SIGN_SIGN, Method.SIGN_DH, Method.DH_SIGN, Method.DH_DH)) {
        EdhocSettings able = able(other, r, i);
        Bytes rewritten = Bytes.of(other.value()).plus(rest(run.message1()));
        ResponderStep step = pair.with(pair.initiator(), able).receive(rewritten);
        InitiatorStep answer = run.onMessage2(message2(step).message2(), NOW);
        assertThat(answer instanceof InitiatorStep.SendMessage3).isEqualTo(other == said);
        run = other == said ? pair.begin() : run;
      }
    }
  }

  @Test
  @Tag("LK-041")
  @Tag("LK-049")
  @Tag("LK-055")
  void refusesAPeerWithAnotherKeyThanItsCredentialSays() {
    for (Role liar : Role.values()) {
      Pair honest = Pair.byKid(Method.DH_DH, 2);
      Person truth = Person.claiming(liar == Role.INITIATOR ? "initiator" : "responder", p256());
      Person mallory = Person.claiming("mallory", p256());
      Identity lie = mallory.identity(AuthenticationKind.STATIC_DH, truth.named(IdCred.Type.KID));
      Pair pair =
          liar == Role.INITIATOR
              ? honest.with(own(honest.initiator(), lie), honest.responder())
              : honest.with(honest.initiator(), own(honest.responder(), lie));
      assertFailsBetween(pair, liar);
    }
  }

  @Test
  @Tag("LK-045")
  void refusesAnotherCredentialForTheSameKey() throws Exception {
    Pair pair = Pair.byKid(Method.DH_DH, 2);
    Person r = Person.claiming("responder", p256());
    Credential renamed = Credential.ccsOf("somebody else", r.credential().key());
    EdhocSettings believes =
        EdhocSettings.builder(TraceParty.BEST, List.of(SUITE), Set.of(Method.DH_DH))
            .identities(pair.initiator().identities().get(0))
            .peers(PinnedCredentials.of(TraceParty.CRYPTO, renamed))
            .build();
    Pair unlike = pair.with(believes, pair.responder());
    InitiatorRun run = unlike.begin();
    Bytes message2 = message2(unlike.receive(run.message1())).message2();
    assertRejected(run.onMessage2(message2, NOW), Reason.AUTHENTICATION_FAILED);
  }

  @Test
  @Tag("LK-051")
  @Tag("LK-044")
  void refusesItselfAsThePeer() {
    Person self = Person.claiming("self", p256());
    Identity own = self.identity(AuthenticationKind.STATIC_DH, self.named(IdCred.Type.KID));
    EdhocSettings settings = Pair.settings(Method.DH_DH, SUITE, own, own).build();
    Pair mirror = Pair.byKid(Method.DH_DH, 2).with(settings, settings);
    InitiatorRun run = mirror.begin();
    Bytes message2 = message2(mirror.receive(run.message1())).message2();
    assertRejected(run.onMessage2(message2, NOW), Reason.OWN_CREDENTIAL);
  }

  @Test
  @Tag("LK-044")
  @Tag("LK-051")
  void refusesMessagesOfTheOtherRole() {
    Pair pair = Pair.byKid(Method.DH_DH, 2);
    InitiatorRun run = pair.begin();
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    assertThat(run.onMessage2(run.message1(), NOW))
        .isNotInstanceOf(InitiatorStep.SendMessage3.class);
    assertThat(second.run().onMessage3(second.message2(), NOW))
        .isInstanceOf(ResponderStep.Rejected.class);
    assertThat(pair.receive(second.message2())).isInstanceOf(ResponderStep.Rejected.class);
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    assertRejected(run.onMessage2(third.message3(), NOW), Reason.SESSION_ENDED);
    assertThat(completed(second.run().onMessage3(third.message3(), NOW)).session()).isNotNull();
  }

  @Test
  @Tag("LK-042")
  @Tag("LK-053")
  void doesNotAcceptAMessageTwiceOrInAnotherSession() {
    Pair pair = Pair.byKid(Method.SIGN_SIGN, 0);
    Pair.Outcome recorded = pair.complete();
    Pair later = pair.seeded(2);
    InitiatorRun run = later.begin();
    assertThat(run.onMessage2(recorded.message2(), NOW)).isInstanceOf(InitiatorStep.Rejected.class);
    ResponderStep.SendMessage2 second = message2(later.receive(recorded.message1()));
    assertRejected(second.run().onMessage3(recorded.message3(), NOW), Reason.DECRYPTION_FAILED);
    ResponderStep.SendMessage2 answer = message2(later.receive(run.message1()));
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(answer.message2(), NOW));
    assertRejected(run.onMessage2(answer.message2(), NOW), Reason.SESSION_ENDED);
    assertThat(completed(answer.run().onMessage3(third.message3(), NOW)).session()).isNotNull();
    assertRejected(answer.run().onMessage3(third.message3(), NOW), Reason.SESSION_ENDED);
  }

  @Test
  @Tag("LK-055")
  @Tag("LK-048")
  void refusesARelayWithItsOwnEphemeralKeyEvenWhenItHasTheInitiatorsLongTermKey() {
    for (Method method : List.of(Method.SIGN_SIGN, Method.SIGN_DH, Method.DH_SIGN, Method.DH_DH)) {
      Pair pair = Pair.byKid(method, 2);
      InitiatorRun victim = pair.begin();
      // The attacker knows the victim's long-term key and poses as the Responder with it.
      Identity stolen = pair.initiator().identities().get(0);
      Identity pose =
          Person.claiming("initiator", Person.curve(method.of(Role.RESPONDER), SUITE))
              .identity(method.of(Role.RESPONDER), pair.responder().identities().get(0).idCred());
      EdhocSettings attacker = own(pair.responder(), pose);
      ResponderStep step = pair.with(pair.initiator(), attacker).receive(victim.message1());
      assertThat(stolen.kind()).isEqualTo(method.of(Role.INITIATOR));
      assertRejected(
          victim.onMessage2(message2(step).message2(), NOW), Reason.AUTHENTICATION_FAILED);
      assertStillCompletes(pair, victim);
    }
  }

  @Test
  @Tag("LK-004")
  @Tag("LK-043")
  void neverRepeatsAKeyOrTranscript() throws Exception {
    Pair pair = Pair.byKid(Method.DH_DH, 0);
    Set<Bytes> seen = new HashSet<>();
    int sessions = 2_000;
    int ones = 0;
    for (int i = 0; i < sessions; i++) {
      Pair.Outcome outcome = pair.seeded(1_000 + i).complete();
      Bytes prkOut = outcome.responder().prkOutForStorage().use(Bytes::copyOf);
      seen.add(outcome.message1());
      seen.add(outcome.message2());
      seen.add(outcome.initiator().th4().value());
      seen.add(prkOut);
      ones += Integer.bitCount(prkOut.at(i % 32));
    }
    assertThat(seen).hasSize(4 * sessions);
    assertThat(ones).isBetween(4 * sessions - 400, 4 * sessions + 400);
  }

  private static KeyCurve p256() {
    return Person.curve(AuthenticationKind.STATIC_DH, SUITE);
  }

  private static EdhocSettings own(EdhocSettings settings, Identity identity) {
    return EdhocSettings.builder(settings.primitives(), settings.suites(), settings.methods())
        .identities(identity)
        .peers(settings.peers())
        .build();
  }

  private static EdhocSettings.Builder again(EdhocSettings settings, Pair pair) {
    return EdhocSettings.builder(settings.primitives(), settings.suites(), Set.of(pair.method()))
        .identities(settings.identities().get(0))
        .peers(settings.peers())
        .message4();
  }

  /** Someone who can sign and use static keys, and has every method. */
  private static EdhocSettings able(Method method, Person own, Person peer) {
    return EdhocSettings.builder(TraceParty.BEST, List.of(SUITE), Set.of(method))
        .identities(
            own.identity(AuthenticationKind.SIGNATURE, own.named(IdCred.Type.KID)),
            own.identity(AuthenticationKind.STATIC_DH, own.named(IdCred.Type.KID)))
        .peers(PinnedCredentials.of(TraceParty.CRYPTO, peer.credential()))
        .build();
  }

  private static Bytes rest(Bytes message1) {
    try {
      CborReader reader = new CborReader(message1);
      assertThat(reader.integer()).isNotNegative();
      return message1.slice(reader.position(), message1.length());
    } catch (CborException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private static List<Bytes> flips(Bytes message) {
    return IntStream.range(0, message.length())
        .mapToObj(
            index -> {
              byte[] octets = message.toArray();
              octets[index] ^= (byte) (1 << (index % 8));
              return Bytes.owned(octets);
            })
        .toList();
  }

  private static void assertFailsBetween(Pair pair, Role liar) {
    InitiatorRun run = pair.begin();
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    InitiatorStep step = run.onMessage2(second.message2(), NOW);
    if (liar == Role.RESPONDER) {
      assertRejected(step, Reason.AUTHENTICATION_FAILED);
    } else {
      assertRejected(
          second.run().onMessage3(message3(step).message3(), NOW), Reason.AUTHENTICATION_FAILED);
    }
  }

  private static void assertStillCompletes(Pair pair, InitiatorRun run) {
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    ResponderStep.Completed fourth = completed(second.run().onMessage3(third.message3(), NOW));
    Steps.assertSame(third.session(), fourth.session());
  }
}
