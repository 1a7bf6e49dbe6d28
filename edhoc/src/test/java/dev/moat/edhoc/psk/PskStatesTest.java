package dev.moat.edhoc.psk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItem;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.EadPadding;
import dev.moat.edhoc.message.Message2;
import dev.moat.edhoc.message.Message3;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.psk.PskPair.Done;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The states of method 4, and who gets past them. */
class PskStatesTest {
  private final PskPair pair = new PskPair(0);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 24, 25})
  @Tag("LK-022")
  void completesWithEqualKeysInEverySuite(int suite) throws EdhocException {
    PskPair any = new PskPair(suite);
    Done done = any.run(any.ofInitiator(), any.ofResponder());
    assertEqualKeys(done.initiator().session(), done.responder().session());
    assertThat(done.responder().peer().idCred().kid()).contains(PskPair.KID);
    assertThat(done.initiator().session().peer().idCred().kid()).contains(PskPair.KID);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  @Tag("LK-022")
  void takes37And35And13And9Octets(int suite) throws EdhocException {
    PskPair small = new PskPair(suite);
    assertThat(small.run(small.ofInitiator(), small.ofResponder()).octets())
        .containsExactly(37, 35, 13, 9);
  }

  @Test
  void carriesEadInEveryMessage() throws EdhocException {
    EadItems ead1 = EadItems.of(EadItem.of(24, Bytes.of(1)));
    EadItems ead2 = EadItems.of(EadItem.critical(25)).plus(EadPadding.of(30, pair.random));
    EadItems ead3 = EadItems.of(EadItem.critical(26, Bytes.of(3)));
    EadItems ead4 = EadItems.of(EadItem.of(27));
    PskAwaitingMessage2 begun = pair.begin(ead1);
    PskReceivedMessage1 received1 = pair.receive(begun.message1());
    assertThat(received1.message1().ead1()).isEqualTo(ead1);
    PskAwaitingMessage3 answered = pair.answer(begun.message1(), ead2);
    PskReceivedMessage2 received2 = begun.receive(answered.message2());
    assertThat(received2.claimedEad2()).isEqualTo(ead2);
    assertThat(received2.claimedCR()).isEqualTo(answered.cR()).isEqualTo(PskPair.C_R);
    AwaitingMessage4 sent = received2.message3(pair.ofInitiator(), ead3);
    VerifiedMessage3 verified = answered.receive(sent.message3()).verify(pair.ofResponder());
    assertThat(verified.ead3()).isEqualTo(ead3);
    assertThat(sent.receive(verified.message4(ead4))).isEqualTo(ead4);
    assertEqualKeys(sent.session(), verified.session());
  }

  @Test
  @Tag("LK-022")
  void stopsAtMessage3WithAnotherKey() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    byte[] wrong = new byte[16];
    try (PskCredential other =
        PskCredential.external(
            PskPair.KID, SecretBytes.copyOf(wrong), "lock", "key", pair.suite.hash())) {
      AwaitingMessage4 sent = begun.receive(answered.message2()).message3(other, EadItems.none());
      PskUnverifiedMessage3 received = answered.receive(sent.message3());
      assertThat(refusal(() -> received.verify(pair.ofResponder())))
          .isEqualTo(Reason.DECRYPTION_FAILED);
    }
  }

  @Test
  @Tag("LK-022")
  void neverCompletesWithItself() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 mirrored = pair.answer(begun.message1());
    PskCredential own = pair.ofInitiator();
    AwaitingMessage4 sent = begun.receive(mirrored.message2()).message3(own, EadItems.none());
    PskUnverifiedMessage3 received = mirrored.receive(sent.message3());
    assertThat(refusal(() -> received.verify(own))).isEqualTo(Reason.DECRYPTION_FAILED);
  }

  @Test
  void refusesAResponderWhoDoesNotKnowTheKey() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 impostor = pair.answer(begun.message1());
    AwaitingMessage4 sent =
        begun.receive(impostor.message2()).message3(pair.ofInitiator(), EadItems.none());
    assertThat(impostor.receive(sent.message3()).claimedIdCredPsk().kid()).contains(PskPair.KID);
    Bytes forged = Bytes.hex("48").plus(pair.random.bytes(8));
    assertThat(refusal(() -> sent.receive(forged))).isEqualTo(Reason.DECRYPTION_FAILED);
    assertThat(sent.session().isConfirmed()).isFalse();
  }

  @Test
  void storesNothingBeforeTheResponderHasShownTheKey() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    PskCredential own = pair.ofInitiator();
    AwaitingMessage4 sent = begun.receive(answered.message2()).message3(own, EadItems.none());
    EdhocSession session = sent.session();
    assertThatThrownBy(session::prkOutForStorage).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> PskResumption.after(session, own))
        .isInstanceOf(IllegalStateException.class);
    session.confirmedByOscore();
    assertThat(PskResumption.after(session, own).hash()).isEqualTo(pair.suite.hash());
  }

  @Test
  void letsTheGenuineMessage3PassAfterForgedOnes() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    AwaitingMessage4 sent =
        begun.receive(answered.message2()).message3(pair.ofInitiator(), EadItems.none());
    for (int octet = 1; octet < 13; octet++) {
      byte[] changed = sent.message3().toArray();
      changed[octet] ^= 0x01;
      assertThat(refusal(() -> answered.receive(Bytes.owned(changed)).verify(pair.ofResponder())))
          .isNotNull();
    }
    VerifiedMessage3 verified = answered.receive(sent.message3()).verify(pair.ofResponder());
    assertEqualKeys(sent.session(), verified.completeWithoutMessage4());
    assertThatThrownBy(() -> answered.receive(sent.message3()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void letsAnotherMessage2PassWhileNoneIsAnswered() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    PskAwaitingMessage3 forged = pair.answer(begun.message1());
    assertThat(refusal(() -> begun.receive(Bytes.hex("4101")))).isEqualTo(Reason.BAD_EPHEMERAL_KEY);
    PskReceivedMessage2 dropped = begun.receive(forged.message2());
    dropped.close();
    PskReceivedMessage2 received = begun.receive(answered.message2());
    AwaitingMessage4 sent = received.message3(pair.ofInitiator(), EadItems.none());
    VerifiedMessage3 verified = answered.receive(sent.message3()).verify(pair.ofResponder());
    assertEqualKeys(sent.session(), verified.session());
    assertThatThrownBy(() -> begun.receive(answered.message2()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> received.message3(pair.ofInitiator(), EadItems.none()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAKeyOfAnotherHash() throws EdhocException {
    PskCredential other = PskPair.credential(new PskPair(24).suite.hash(), "lock", "key");
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    PskReceivedMessage2 received = begun.receive(answered.message2());
    assertThatThrownBy(() -> received.message3(other, EadItems.none()))
        .isInstanceOf(IllegalArgumentException.class);
    AwaitingMessage4 sent = received.message3(pair.ofInitiator(), EadItems.none());
    PskUnverifiedMessage3 unverified = answered.receive(sent.message3());
    assertThat(refusal(() -> unverified.verify(other))).isEqualTo(Reason.PSK_FOR_OTHER_HASH);
  }

  @Test
  void refusesEqualIdentifiersForOscore() throws EdhocException {
    PskReceivedMessage1 received = pair.receive(pair.begin().message1());
    var ephemeral = PskPair.PRIMITIVES.curves().generate(pair.suite.curve(), pair.random);
    assertThat(refusal(() -> received.message2(PskPair.C_I, EadItems.none(), ephemeral)))
        .isEqualTo(Reason.SAME_CONNECTION_ID);
  }

  @Test
  void boundsMessage3ToOneKeystream() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    PskReceivedMessage2 received = begun.receive(answered.message2());
    // 8160 octets: the kid, the head of the byte string, the tag and EAD_3.
    EadItems tooMuch = EadPadding.of(8160 - 3 - 3 - 8 + 1, pair.random);
    assertThat(refusal(() -> received.message3(pair.ofInitiator(), tooMuch)))
        .isEqualTo(Reason.TOO_LONG);
    EadItems most = EadPadding.of(8160 - 3 - 3 - 8, pair.random);
    AwaitingMessage4 sent = received.message3(pair.ofInitiator(), most);
    assertThat(Message3.decode(sent.message3()).ciphertext3().length()).isEqualTo(8160);
    assertThat(answered.receive(sent.message3()).verify(pair.ofResponder()).ead3()).isEqualTo(most);
    PskAwaitingMessage3 other = pair.answer(begun.message1());
    Bytes longer = new Message3(Bytes.owned(new byte[8161])).encoded();
    assertThat(refusal(() -> other.receive(longer))).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void refusesHeaderMapsThatAreNone() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    AwaitingMessage4 sent =
        begun.receive(answered.message2()).message3(pair.ofInitiator(), EadItems.none());
    // Octet 1 of the plaintext is 0x42, the head of the kid; a0 is an empty map.
    byte[] changed = sent.message3().toArray();
    changed[1] ^= (byte) (0x42 ^ 0xa0);
    assertThat(refusal(() -> answered.receive(Bytes.owned(changed)))).isNotNull();
  }

  @Test
  void startsForItsMethodAndSuiteOnly() throws EdhocException {
    Terms other = new Terms(PskPair.PRIMITIVES, Method.DH_DH, pair.suite, KeyUse.OSCORE);
    assertThatThrownBy(() -> new PskInitiatorStart(other, SuitesField.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
    Terms terms = new Terms(PskPair.PRIMITIVES, Method.PSK, pair.suite, KeyUse.OSCORE);
    assertThatThrownBy(() -> new PskInitiatorStart(terms, SuitesField.of(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    CipherSuite p256 = CipherSuites.standard().require(2);
    var ofOtherCurve = PskPair.PRIMITIVES.curves().generate(p256.curve(), pair.random);
    PskInitiatorStart start = new PskInitiatorStart(terms, SuitesField.of(0));
    assertThatThrownBy(() -> start.message1(PskPair.C_I, EadItems.none(), ofOtherCurve))
        .isInstanceOf(IllegalArgumentException.class);
    Bytes method3 = Bytes.of(3).plus(pair.begin().message1().slice(1, 37));
    var received = pair.responder(Method.DH_DH).receive(method3);
    assertThatThrownBy(() -> new PskReceivedMessage1(received))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsWhenItIsClosed() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    PskReceivedMessage2 received = begun.receive(answered.message2());
    begun.close();
    assertThatThrownBy(() -> begun.receive(answered.message2()))
        .isInstanceOf(IllegalStateException.class);
    AwaitingMessage4 sent = received.message3(pair.ofInitiator(), EadItems.none());
    answered.close();
    assertThatThrownBy(() -> answered.receive(sent.message3()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAMessage2ThatSaysTheSameIdentifier() throws EdhocException {
    PskAwaitingMessage2 begun = pair.begin();
    PskAwaitingMessage3 answered = pair.answer(begun.message1());
    Message2 genuine = Message2.decode(answered.message2(), pair.suite);
    Bytes delta = Bytes.of(genuine.ciphertext2().at(0) ^ 0x05 ^ 0x0a);
    Bytes changed = new Message2(genuine.gY(), delta).encoded();
    assertThat(refusal(() -> begun.receive(changed))).isEqualTo(Reason.SAME_CONNECTION_ID);
    assertThat(ConnectionId.of(0x0a)).isEqualTo(PskPair.C_I);
  }

  static void assertEqualKeys(EdhocSession one, EdhocSession other) {
    assertThat(one.th4()).isEqualTo(other.th4());
    try (SecretBytes first = one.exporter(0, Bytes.empty(), 16);
        SecretBytes second = other.exporter(0, Bytes.empty(), 16)) {
      assertThat(first).isEqualTo(second);
    }
  }

  static Reason refusal(ThrowingCallable step) {
    EdhocException refused = catchThrowableOfType(EdhocException.class, step);
    assertThat(refused).as("refusal").isNotNull();
    return refused.reason();
  }
}
