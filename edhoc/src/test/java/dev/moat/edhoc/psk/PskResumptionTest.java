package dev.moat.edhoc.psk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage2;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.initiator.InitiatorStart;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.psk.PskPair.Done;
import dev.moat.edhoc.responder.AwaitingMessage3;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.Method;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys that one session leaves for the next (draft-ietf-lake-edhoc-psk, Section 6). */
class PskResumptionTest {
  private final PskPair pair = new PskPair(0);
  private final Identity lock = identity("lock", 1);
  private final Identity key = identity("key", 2);

  @Test
  @Tag("LK-058")
  void resumesASessionOfStaticKeysWithoutThem() throws EdhocException {
    Sessions first = method3();
    try (PskCredential ofInitiator = PskResumption.after(first.initiator());
        PskCredential ofResponder = PskResumption.after(first.responder())) {
      assertThat(ofInitiator.idCred()).isEqualTo(ofResponder.idCred());
      assertThat(ofInitiator.idCred().kid().orElseThrow().length()).isEqualTo(2);
      Done second = pair.run(ofInitiator, ofResponder);
      assertThat(second.octets()).containsExactly(37, 35, 13, 9);
      PskStatesTest.assertEqualKeys(second.initiator().session(), second.responder().session());
    }
  }

  @Test
  @Tag("LK-058")
  void resumesAgainAndAgainWithAnotherKeyEachTime() throws EdhocException {
    Sessions first = method3();
    PskCredential ofInitiator = PskResumption.after(first.initiator());
    PskCredential ofResponder = PskResumption.after(first.responder());
    for (int i = 0; i < 3; i++) {
      Done done = pair.run(ofInitiator, ofResponder);
      PskCredential next = PskResumption.after(done.initiator().session(), ofInitiator);
      assertThat(next.psk()).isNotEqualTo(ofInitiator.psk());
      assertThat(next.idCred()).isNotEqualTo(ofInitiator.idCred());
      ofInitiator = next;
      ofResponder = PskResumption.after(done.responder().session(), ofResponder);
    }
  }

  @Test
  void letsTheOtherSideResume() throws EdhocException {
    Sessions first = method3();
    Done second =
        pair.run(PskResumption.after(first.responder()), PskResumption.after(first.initiator()));
    PskStatesTest.assertEqualKeys(second.initiator().session(), second.responder().session());
  }

  @Test
  void doesNotResumeWithTheCredentialsOfOthers() throws EdhocException {
    Sessions first = method3();
    PskCredential honest = PskResumption.after(first.initiator());
    PskCredential others =
        PskPair.credential(pair.suite.hash(), "lock", "key")
            .withKey(honest.idCred().kid().orElseThrow(), honest.psk(), honest.hash());
    PskCredential ofResponder = PskResumption.after(first.responder());
    assertThat(PskStatesTest.refusal(() -> pair.run(others, ofResponder)))
        .isEqualTo(Reason.DECRYPTION_FAILED);
  }

  @Test
  void goesOnFromTheCredentialThatTheSessionHad() throws EdhocException {
    Sessions first = method3();
    PskCredential used = pair.ofInitiator();
    assertThatThrownBy(() -> PskResumption.after(first.initiator(), used))
        .isInstanceOf(IllegalArgumentException.class);
    Done done = pair.run(used, pair.ofResponder());
    EdhocSession session = done.initiator().session();
    assertThatThrownBy(() -> PskResumption.after(session))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(session.ownCredential()).isEqualTo(Bytes.empty());
    assertThat(session.peer().encoded()).isEqualTo(Bytes.empty());
    assertThat(session.peer().identity()).isEqualTo(used.idCred().encoded());
  }

  @Test
  void keepsTheIdentityOfThePeerThroughAllResumptions() throws EdhocException {
    Sessions first = method3();
    PskCredential ofInitiator = PskResumption.after(first.initiator());
    PskCredential ofResponder = PskResumption.after(first.responder());
    for (int i = 0; i < 2; i++) {
      Done done = pair.run(ofInitiator, ofResponder);
      EdhocSession atResponder = done.responder().session();
      assertThat(atResponder.peer().identity()).isEqualTo(lock.credential().encoded());
      assertThat(done.initiator().session().peer().identity())
          .isEqualTo(key.credential().encoded());
      ofInitiator = PskResumption.after(done.initiator().session(), ofInitiator);
      ofResponder = PskResumption.after(atResponder, ofResponder);
    }
  }

  /** A session of method 3 whose message_4 was received. */
  private Sessions method3() throws EdhocException {
    Terms terms = new Terms(PskPair.PRIMITIVES, Method.DH_DH, pair.suite, KeyUse.OSCORE);
    AwaitingMessage2 begun =
        new InitiatorStart(terms, SuitesField.of(0))
            .message1(PskPair.C_I, EadItems.none(), pair.random);
    DhPrivateKey y = PskPair.PRIMITIVES.curves().generate(pair.suite.curve(), pair.random);
    AwaitingMessage3 answered =
        pair.responder(Method.DH_DH)
            .receive(begun.message1())
            .message2(key, PskPair.C_R, EadItems.none(), y);
    AwaitingMessage4 sent =
        begun.receive(answered.message2()).verify(key.credential()).message3(lock, EadItems.none());
    VerifiedMessage3 verified = answered.receive(sent.message3()).verify(lock.credential());
    var unused = sent.receive(verified.message4(EadItems.none()));
    return new Sessions(sent.session(), verified.session());
  }

  private Identity identity(String subject, int kid) {
    DhPrivateKey own = PskPair.PRIMITIVES.curves().generate(pair.suite.curve(), pair.random);
    PublicKey publicKey =
        new PublicKey(
            KeyCurve.X25519, own.publicKey(), Optional.empty(), Optional.of(Bytes.of(kid)));
    Credential credential = Credential.ccsOf(subject, publicKey);
    return Identity.staticDh(IdCred.kid(Bytes.of(kid)), credential, own);
  }

  /** Both ends of a session. */
  private record Sessions(EdhocSession initiator, EdhocSession responder) {}
}
