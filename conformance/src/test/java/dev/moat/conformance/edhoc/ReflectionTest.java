package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages come back to who sent them, or arrive as what they are not (RFC 9528, Section 9.2). */
class ReflectionTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  /** Alice takes both roles, and her store knows her, as one that all devices share does. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  @Tag("LK-051")
  void anEndpointDoesNotAuthenticateToItself(int method) {
    Cast cast = Cast.of(method, 2);
    EdhocSettings both = Honest.settings(cast, cast.alice(), cast.alice(), cast.bob()).build();
    InitiatorRun alice = Honest.initiator(both, cast.method(), 1);
    SendMessage2 mirror = Honest.responder(both, alice.message1(), 1);
    assertThat(Honest.refused(alice.onMessage2(mirror.message2(), Honest.NOW)))
        .isEqualTo(Reason.OWN_CREDENTIAL);
    SendMessage2 bob = Honest.responder(Honest.bob(cast), alice.message1(), 2);
    assertThat(Honest.sent(alice.onMessage2(bob.message2(), Honest.NOW))).isNotNull();
  }

  /** Whoever has stolen Alice's key is not believed to be Alice by Alice herself. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  @Tag("LK-051")
  void aResponderRefusesItsOwnCredential(int method) throws Exception {
    Cast cast = Cast.of(method, 2);
    DhPrivateKey x =
        Cast.PRIMITIVES.curves().generate(cast.suite().curve(), new InsecureSeededRandom(3));
    Bytes message1 =
        new Message1(method, SuitesField.of(2), x.publicKey(), Honest.C_I, EadItems.none())
            .encoded();
    EdhocSettings both = Honest.settings(cast, cast.alice(), cast.alice(), cast.bob()).build();
    SendMessage2 alice = Honest.responder(both, message1, 3);
    assertThat(refusal(alice, cast, message1, x)).isEqualTo(Optional.of(Reason.OWN_CREDENTIAL));
    // The same message_3 is a good one for somebody else.
    EdhocSettings other = Honest.settings(cast, cast.bob(), cast.alice()).build();
    SendMessage2 bob = Honest.responder(other, message1, 3);
    Cast atBobs = new Cast(cast.method(), cast.suite(), cast.bob(), cast.alice(), cast.bob());
    assertThat(refusal(bob, atBobs, message1, x)).isEmpty();
  }

  /** Plays Alice's key against the responder {@code cast.alice()}; empty when she is believed. */
  private static Optional<Reason> refusal(
      SendMessage2 responder, Cast cast, Bytes message1, DhPrivateKey x) throws Exception {
    Person stolen = Cast.of(cast.method(), cast.suite()).alice();
    Terms terms = new Terms(Cast.PRIMITIVES, cast.method(), cast.suite(), KeyUse.OSCORE);
    Forger forger = new Forger(terms);
    Forger.Made opened =
        forger.opened(message1, responder.message2(), x, cast.alice().credential());
    Bytes gY = Message2.decode(responder.message2(), cast.suite()).gY();
    boolean signs = stolen.kind() == AuthenticationKind.SIGNATURE;
    Optional<SecretBytes> gIY =
        signs
            ? Optional.empty()
            : Optional.of(
                Terms.shared(stolen.staticKey(Cast.PRIMITIVES.curves()), terms.ephemeral(gY)));
    Forger.Proof proof = signs ? forger.with(Role.INITIATOR, Honest.identity(stolen)) : Forger.MAC;
    Bytes message3 = forger.message3(opened, Forger.Claim.of(stolen), gIY, proof);
    ResponderStep step = responder.run().onMessage3(message3, Honest.NOW);
    return step instanceof ResponderStep.Completed
        ? Optional.empty()
        : Optional.of(Honest.refused(step));
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-051")
  @Tag("LK-044")
  @Tag("LK-017")
  void noMessageStandsForAnother(Cast cast) {
    Honest.Story story = Honest.story(Honest.alice(cast), Honest.bob(cast), cast.method(), 4);
    for (int number = 1; number <= 4; number++) {
      InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 4);
      SendMessage2 bob = Honest.responder(Honest.bob(cast), alice.message1(), 4);
      if (number != 1) {
        assertThat(
                ResponderRun.receive(
                    Honest.bob(cast),
                    story.message(number),
                    cI -> ConnectionId.of(1),
                    new InsecureSeededRandom(5)))
            .as("message_%s as message_1", number)
            .isInstanceOf(ResponderStep.Rejected.class);
      }
      if (number != 2) {
        assertNotAccepted(alice.onMessage2(story.message(number), Honest.NOW));
      }
      if (number != 3) {
        assertThat(bob.run().onMessage3(story.message(number), Honest.NOW))
            .as("message_%s as message_3", number)
            .isNotInstanceOf(ResponderStep.Completed.class);
      }
      // The very same runs take the genuine messages.
      Bytes message3 = Honest.sent(alice.onMessage2(story.message(2), Honest.NOW)).message3();
      if (number != 4) {
        assertNotAccepted(alice.onMessage4(story.message(number)));
      }
      Honest.assertEqual(
          Honest.completed(bob.run().onMessage3(message3, Honest.NOW)).session(), story.bob());
    }
  }

  private static void assertNotAccepted(InitiatorStep step) {
    assertThat(step)
        .isNotInstanceOfAny(InitiatorStep.SendMessage3.class, InitiatorStep.Completed.class);
  }

  /** Both ends agree on who initiated. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-044")
  void bothEndsAgreeOnTheRoles(Cast cast) {
    Honest.Story story = Honest.story(Honest.alice(cast), Honest.bob(cast), cast.method(), 6);
    assertThat(story.alice().role()).isNotEqualTo(story.bob().role());
    Honest.assertEqual(story.alice(), story.bob());
  }
}
