package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.psk.PskAwaitingMessage2;
import dev.moat.edhoc.psk.PskAwaitingMessage3;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskInitiatorStart;
import dev.moat.edhoc.psk.PskReceivedMessage1;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pre-shared key gives and does not give (draft-ietf-lake-edhoc-psk, Section 9). */
class PskAttacksTest {
  private static final Bytes KID = Bytes.utf8("key of alice and bob");

  private static CipherSuite suite(int value) {
    return CipherSuites.standard().require(value);
  }

  private static PskCredential credential(String psk, String own, String peer, CipherSuite suite) {
    try (SecretBytes key = SecretBytes.copyOf(Bytes.utf8(psk).toArray())) {
      return PskCredential.external(KID, key, own, peer, suite.hash());
    }
  }

  private static DhPrivateKey ephemeral(CipherSuite suite, long seed) {
    return Cast.PRIMITIVES.curves().generate(suite.curve(), new InsecureSeededRandom(seed));
  }

  private static PskAwaitingMessage2 begin(CipherSuite suite, long seed) {
    Terms terms = new Terms(Cast.PRIMITIVES, Method.PSK, suite, KeyUse.OSCORE);
    return new PskInitiatorStart(terms, SuitesField.of(suite.value()))
        .message1(Honest.C_I, EadItems.none(), ephemeral(suite, seed));
  }

  private static PskAwaitingMessage3 answer(CipherSuite suite, Bytes message1, long seed)
      throws EdhocException {
    ResponderStart start =
        new ResponderStart(Cast.PRIMITIVES, List.of(suite), Set.of(Method.PSK), KeyUse.OSCORE);
    return new PskReceivedMessage1(start.receive(message1))
        .message2(Honest.C_R, EadItems.none(), ephemeral(suite, seed));
  }

  /**
   * The known limit of the method: the key that is stolen from one end serves to pose as the other
   * (Section 9.3). docs/manual/pre-shared-keys.md says so. Without the key nobody gets there.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  @Tag("LK-048")
  void whoStealsTheKeyPosesAsEither(int value) throws Exception {
    CipherSuite suite = suite(value);
    try (PskCredential alice =
            credential("the key that alice and bob have", "alice", "bob", suite);
        PskCredential stolen =
            credential("the key that alice and bob have", "bob", "alice", suite);
        PskCredential guessed = credential("a key that nobody ever had", "bob", "alice", suite)) {
      PskAwaitingMessage2 begun = begin(suite, 1);
      PskAwaitingMessage3 mallory = answer(suite, begun.message1(), 2);
      AwaitingMessage4 sent = begun.receive(mallory.message2()).message3(alice, EadItems.none());
      assertThatThrownBy(() -> mallory.receive(sent.message3()).verify(guessed))
          .isInstanceOf(EdhocException.class);
      VerifiedMessage3 impostor = mallory.receive(sent.message3()).verify(stolen);
      EadItems unused = sent.receive(impostor.message4(EadItems.none()));
      assertThat(sent.session().isConfirmed()).as("Alice takes Mallory for Bob").isTrue();
    }
  }

  /** Passively recorded, the session stays closed to who gets the key later. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  @Tag("LK-025")
  @Tag("LK-046")
  void transcriptAndKeyOpenNoSession(int value) throws Exception {
    CipherSuite suite = suite(value);
    try (PskCredential alice =
            credential("the key that alice and bob have", "alice", "bob", suite);
        PskCredential bob = credential("the key that alice and bob have", "bob", "alice", suite)) {
      PskAwaitingMessage2 begun = begin(suite, 3);
      PskAwaitingMessage3 genuine = answer(suite, begun.message1(), 4);
      AwaitingMessage4 sent = begun.receive(genuine.message2()).message3(alice, EadItems.none());
      // The thief has everything of Bob's but y, and plays his part again.
      PskAwaitingMessage3 thief = answer(suite, begun.message1(), 5);
      assertThatThrownBy(() -> thief.receive(sent.message3()).verify(bob))
          .isInstanceOf(EdhocException.class);
      PskAwaitingMessage3 thiefWithY = answer(suite, begun.message1(), 4);
      assertThat(thiefWithY.message2()).isEqualTo(genuine.message2());
      VerifiedMessage3 opened = thiefWithY.receive(sent.message3()).verify(bob);
      Honest.assertEqual(opened.session(), sent.session());
    }
  }

  /** Which key is meant, and with it who takes part, is encrypted (Section 9.1). */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  @Tag("LK-079")
  void theNameOfTheKeyIsNotInTheCapture(int value) throws Exception {
    CipherSuite suite = suite(value);
    try (PskCredential alice =
            credential("the key that alice and bob have", "alice", "bob", suite);
        PskCredential bob = credential("the key that alice and bob have", "bob", "alice", suite)) {
      PskAwaitingMessage2 begun = begin(suite, 6);
      PskAwaitingMessage3 answered = answer(suite, begun.message1(), 7);
      AwaitingMessage4 sent = begun.receive(answered.message2()).message3(alice, EadItems.none());
      VerifiedMessage3 verified = answered.receive(sent.message3()).verify(bob);
      Bytes message4 = verified.message4(EadItems.none());
      for (Bytes message :
          List.of(begun.message1(), answered.message2(), sent.message3(), message4)) {
        for (Bytes trace : List.of(KID, Bytes.utf8("alice"), Bytes.utf8("bob"))) {
          assertThat(Honest.contains(message, trace)).isFalse();
        }
      }
      // Bob reads it, so it is there.
      assertThat(answer(suite, begun.message1(), 7).receive(sent.message3()).claimedIdCredPsk())
          .isEqualTo(bob.idCred());
    }
  }
}
