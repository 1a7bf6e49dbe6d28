package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.conformance.edhoc.Forger.Claim;
import dev.moat.conformance.edhoc.Forger.Made;
import dev.moat.conformance.edhoc.Forger.Proof;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mallory wants to be taken for someone else, with public data, with the key of the very peer she
 * talks to (key compromise impersonation, RFC 9528, Section 9.1), or in the middle. The same forger
 * with the right key always succeeds.
 */
class ImpersonationTest {
  private static final String STORIES = "dev.moat.conformance.edhoc.Cast#publicKeyStories";

  /** A way to the proof: what to mix in, and how to make Signature_or_MAC. */
  private record Attempt(Optional<SecretBytes> mixedIn, Proof proof) {}

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-041")
  @Tag("LK-048")
  void theInitiatorsOwnKeyDoesNotMakeAResponder(Cast cast) throws Exception {
    Scene scene = new Scene(cast);
    InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 1);
    Message1 message1 = Message1.decode(alice.message1());
    for (Attempt attempt : scene.attempts(Role.RESPONDER, cast.alice(), message1.gX())) {
      assertThat(Honest.refused(alice.onMessage2(scene.message2(alice, attempt), Honest.NOW)))
          .isEqualTo(Reason.AUTHENTICATION_FAILED);
    }
    Attempt genuine = scene.genuine(Role.RESPONDER, cast.bob(), message1.gX());
    assertThat(Honest.sent(alice.onMessage2(scene.message2(alice, genuine), Honest.NOW)))
        .isNotNull();
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-041")
  @Tag("LK-048")
  void theRespondersOwnKeyDoesNotMakeAnInitiator(Cast cast) throws Exception {
    Scene scene = new Scene(cast);
    Bytes message1 = scene.message1();
    SendMessage2 bob = Honest.responder(Honest.bob(cast), message1, 1);
    Made opened =
        scene.forger.opened(message1, bob.message2(), scene.ephemeral, cast.bob().credential());
    Bytes gY = Message2.decode(bob.message2(), cast.suite()).gY();
    Claim claim = Claim.of(cast.alice());
    for (Attempt attempt : scene.attempts(Role.INITIATOR, cast.bob(), gY)) {
      Bytes forged = scene.forger.message3(opened, claim, attempt.mixedIn(), attempt.proof());
      assertThat(Honest.refused(bob.run().onMessage3(forged, Honest.NOW)))
          .isEqualTo(Reason.AUTHENTICATION_FAILED);
    }
    Attempt genuine = scene.genuine(Role.INITIATOR, cast.alice(), gY);
    Bytes message3 = scene.forger.message3(opened, claim, genuine.mixedIn(), genuine.proof());
    assertThat(Honest.completed(bob.run().onMessage3(message3, Honest.NOW)).session()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-039")
  void publicCredentialsAloneMakeNobody(Cast cast) throws Exception {
    Scene scene = new Scene(cast);
    InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 2);
    Bytes gX = Message1.decode(alice.message1()).gX();
    for (Attempt attempt : scene.attempts(Role.RESPONDER, cast.mallory(), gX)) {
      assertThat(Honest.refused(alice.onMessage2(scene.message2(alice, attempt), Honest.NOW)))
          .isEqualTo(Reason.AUTHENTICATION_FAILED);
    }
    Bytes message1 = scene.message1();
    SendMessage2 bob = Honest.responder(Honest.bob(cast), message1, 2);
    Made opened =
        scene.forger.opened(message1, bob.message2(), scene.ephemeral, cast.bob().credential());
    Bytes gY = Message2.decode(bob.message2(), cast.suite()).gY();
    for (Attempt attempt : scene.attempts(Role.INITIATOR, cast.mallory(), gY)) {
      Bytes forged =
          scene.forger.message3(opened, Claim.of(cast.alice()), attempt.mixedIn(), attempt.proof());
      assertThat(Honest.refused(bob.run().onMessage3(forged, Honest.NOW)))
          .isEqualTo(Reason.AUTHENTICATION_FAILED);
    }
  }

  /** Mallory has an ephemeral secret in common with each, and passes the rest on. */
  @ParameterizedTest
  @MethodSource(STORIES)
  @Tag("LK-055")
  void aRelayWithItsOwnEphemeralKeysIsFoundOut(Cast cast) throws Exception {
    Scene scene = new Scene(cast);
    InitiatorRun alice = Honest.initiator(Honest.alice(cast), cast.method(), 3);
    Message1 original = Message1.decode(alice.message1());
    Bytes changed =
        new Message1(
                original.method(),
                original.suites(),
                scene.ephemeral.publicKey(),
                original.cI(),
                original.ead1())
            .encoded();
    SendMessage2 bob = Honest.responder(Honest.bob(cast), changed, 3);
    Bytes relayed = scene.reEncrypted(alice.message1(), changed, bob.message2());
    assertThat(Honest.refused(alice.onMessage2(relayed, Honest.NOW)))
        .isEqualTo(Reason.AUTHENTICATION_FAILED);
    // The relay that touches nothing is a wire.
    SendMessage2 other = Honest.responder(Honest.bob(cast), alice.message1(), 4);
    assertThat(Honest.sent(alice.onMessage2(other.message2(), Honest.NOW))).isNotNull();
  }

  /** What Mallory has, and makes of it. */
  private static final class Scene {
    private final Cast cast;
    private final Forger forger;
    private final DhPrivateKey ephemeral;

    Scene(Cast cast) {
      this.cast = cast;
      this.forger =
          new Forger(new Terms(Cast.PRIMITIVES, cast.method(), cast.suite(), KeyUse.OSCORE));
      this.ephemeral =
          Cast.PRIMITIVES.curves().generate(cast.suite().curve(), new InsecureSeededRandom(666));
    }

    Bytes message1() {
      SuitesField suites = SuitesField.of(cast.suite().value());
      return new Message1(
              cast.method().value(), suites, ephemeral.publicKey(), Honest.C_I, EadItems.none())
          .encoded();
    }

    Bytes message2(InitiatorRun alice, Attempt attempt) throws Exception {
      Claim claim = Claim.of(cast.bob());
      return forger
          .message2(
              alice.message1(), ephemeral, claim, attempt.mixedIn(), Honest.C_R, attempt.proof())
          .message();
    }

    /** Everything that can be made of the ephemeral key and {@code stolen}. */
    List<Attempt> attempts(Role claimed, Person stolen, Bytes peersEphemeral) throws Exception {
      Person victim = claimed == Role.RESPONDER ? cast.bob() : cast.alice();
      return victim.kind() == AuthenticationKind.SIGNATURE
          ? signatures(claimed, stolen)
          : secrets(stolen, victim, peersEphemeral);
    }

    private List<Attempt> signatures(Role claimed, Person stolen) {
      int octets = cast.suite().signature().signatureOctets();
      List<Attempt> attempts = new ArrayList<>();
      attempts.add(new Attempt(Optional.empty(), (s, mac) -> Bytes.owned(new byte[octets])));
      if (stolen.kind() == AuthenticationKind.SIGNATURE) {
        attempts.add(new Attempt(Optional.empty(), forger.with(claimed, Honest.identity(stolen))));
      }
      return attempts;
    }

    private List<Attempt> secrets(Person stolen, Person victim, Bytes peersEphemeral)
        throws Exception {
      List<DhPrivateKey> keys = new ArrayList<>(List.of(ephemeral));
      if (stolen.kind() == AuthenticationKind.STATIC_DH) {
        keys.add(stolen.staticKey(Cast.PRIMITIVES.curves()));
      }
      List<Attempt> attempts = new ArrayList<>();
      for (DhPrivateKey key : keys) {
        for (Bytes point : List.of(peersEphemeral, victim.credential().key().x())) {
          SecretBytes secret = Terms.shared(key, forger.terms().ephemeral(point));
          attempts.add(new Attempt(Optional.of(secret), Forger.MAC));
        }
      }
      attempts.add(new Attempt(Optional.empty(), Forger.MAC));
      return attempts;
    }

    /** What only {@code person} can do. */
    Attempt genuine(Role role, Person person, Bytes peersEphemeral) throws Exception {
      if (person.kind() == AuthenticationKind.SIGNATURE) {
        return new Attempt(Optional.empty(), forger.with(role, Honest.identity(person)));
      }
      DhPrivateKey key = person.staticKey(Cast.PRIMITIVES.curves());
      SecretBytes secret = Terms.shared(key, forger.terms().ephemeral(peersEphemeral));
      return new Attempt(Optional.of(secret), Forger.MAC);
    }

    /** Bob's PLAINTEXT_2, taken from one channel and put into the other. */
    Bytes reEncrypted(Bytes toAlice, Bytes toBob, Bytes message2) throws Exception {
      Bytes plaintext2 = forger.plaintext2(toBob, message2, ephemeral);
      return forger.encrypted2(toAlice, ephemeral, plaintext2);
    }
  }
}
