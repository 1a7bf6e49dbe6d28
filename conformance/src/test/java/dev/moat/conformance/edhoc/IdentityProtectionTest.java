package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.IdCred;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who learns who takes part (RFC 9528, Sections 9.1 and 9.5). */
class IdentityProtectionTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  /** The messages by value carry the whole claims set. */
  private static Person byValue(Person person) {
    return new Person(
        person.name(),
        person.key(),
        person.credential(),
        IdCred.kccs(person.credential().encoded()),
        person.kind());
  }

  /** What would give a person away, wherever it stands. */
  private static List<Bytes> traces(Person person) {
    return List.of(
        Bytes.utf8(person.name()),
        person.idCred().value(),
        person.credential().kid().orElseThrow(),
        person.credential().key().x(),
        person.credential().encoded());
  }

  private static void assertAbsent(List<Bytes> capture, Person person) {
    for (Bytes message : capture) {
      for (Bytes trace : traces(person)) {
        assertThat(Honest.contains(message, trace)).as("a trace of %s", person).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-076")
  @Tag("LK-077")
  @Tag("LK-081")
  void aCaptureNamesNobody(Cast story) throws Exception {
    for (Cast cast : List.of(story, withCredentialsByValue(story))) {
      Honest.Story seen = Honest.story(Honest.alice(cast), Honest.bob(cast), cast.method(), 1);
      assertAbsent(seen.capture(), cast.alice());
      assertAbsent(seen.capture(), cast.bob());
      // The search finds what is there: with the ephemeral key, message_2 is open.
      DhPrivateKey x =
          Cast.PRIMITIVES.curves().generate(cast.suite().curve(), new InsecureSeededRandom(1));
      Bytes plaintext2 = forger(cast).plaintext2(seen.message(1), seen.message(2), x);
      assertThat(Honest.contains(plaintext2, cast.bob().credential().kid().orElseThrow())).isTrue();
    }
  }

  private static Cast withCredentialsByValue(Cast cast) {
    return new Cast(
        cast.method(), cast.suite(), byValue(cast.alice()), byValue(cast.bob()), cast.mallory());
  }

  private static Forger forger(Cast cast) {
    return new Forger(new Terms(Cast.PRIMITIVES, cast.method(), cast.suite(), KeyUse.OSCORE));
  }

  /** Whoever answers in Bob's place learns nothing of Alice: she stops before she says a word. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-076")
  void anActiveImpostorDoesNotLearnWhoInitiates(Cast cast) throws Exception {
    InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 2);
    List<Bytes> fromAlice = new ArrayList<>(List.of(alice.message1()));
    Cast fake = new Cast(cast.method(), cast.suite(), cast.alice(), cast.mallory(), cast.bob());
    SendMessage2 mallory = Honest.responder(Honest.bob(fake), alice.message1(), 2);
    InitiatorStep step = alice.onMessage2(mallory.message2(), Honest.NOW);
    assertThat(step).isInstanceOf(InitiatorStep.Rejected.class);
    ((InitiatorStep.Rejected) step).errorMessage().ifPresent(fromAlice::add);
    assertAbsent(fromAlice, cast.alice());
    // Of Bob himself she tells it, encrypted, and he knows then.
    SendMessage2 bob = Honest.responder(Honest.bob(cast), alice.message1(), 3);
    Bytes message3 = Honest.sent(alice.onMessage2(bob.message2(), Honest.NOW)).message3();
    assertAbsent(List.of(message3), cast.alice());
    assertThat(
            Honest.completed(bob.run().onMessage3(message3, Honest.NOW)).session().peer().idCred())
        .isEqualTo(cast.alice().idCred());
  }

  /**
   * The limit of it (RFC 9528, Section 9.1): the Responder answers whoever asks, so that an active
   * probe learns ID_CRED_R. docs/manual/attacks.md says so.
   */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-077")
  void anActiveProbeLearnsWhoResponds(Cast cast) throws Exception {
    DhPrivateKey x =
        Cast.PRIMITIVES.curves().generate(cast.suite().curve(), new InsecureSeededRandom(4));
    SuitesField suites = SuitesField.of(cast.suite().value());
    Bytes probe =
        new Message1(cast.method().value(), suites, x.publicKey(), Honest.C_I, EadItems.none())
            .encoded();
    SendMessage2 bob = Honest.responder(Honest.bob(cast), probe, 4);
    Bytes plaintext2 = forger(cast).plaintext2(probe, bob.message2(), x);
    assertThat(Honest.contains(plaintext2, cast.bob().credential().kid().orElseThrow())).isTrue();
  }

  /** Without padding the lengths tell which credentials are meant. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @Tag("LK-081")
  void paddingHidesWhichCredentialIsMeant(int method) {
    Cast byReference = Cast.of(method, 2);
    Cast byValue = withCredentialsByValue(byReference);
    assertThat(lengths(byReference, 1)).isNotEqualTo(lengths(byValue, 1));
    assertThat(lengths(byReference, 512)).isEqualTo(lengths(byValue, 512));
  }

  private static List<Integer> lengths(Cast cast, int multiple) {
    EdhocSettings alice = Honest.settings(cast, cast.alice(), cast.bob()).padding(multiple).build();
    EdhocSettings bob = Honest.settings(cast, cast.bob(), cast.alice()).padding(multiple).build();
    return Honest.story(alice, bob, cast.method(), 5).capture().stream()
        .map(Bytes::length)
        .toList();
  }
}
