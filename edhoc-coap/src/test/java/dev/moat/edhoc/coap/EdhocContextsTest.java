package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.coap.HandshakeException.Reason;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep.Completed;
import dev.moat.edhoc.run.ResponderStep.SendMessage2;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.ReservationException;
import dev.moat.testkit.InsecureSeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EdhocContextsTest {
  private static final InsecureSeededRandom RANDOM = new InsecureSeededRandom(31);

  private record Both(EdhocSession initiator, EdhocSession responder) {}

  private static EdhocSettings settings(Parties.Party own, Parties.Party peer, int suite) {
    return Parties.settings(own, Parties.suites(suite), peer).use(KeyUse.OTHER).build();
  }

  private static Both run(int suite, ConnectionId cI, ConnectionId cR) {
    InitiatorRun initiator =
        InitiatorRun.begin(
            settings(Parties.CLIENT, Parties.SERVER, suite), Method.DH_DH, cI, RANDOM);
    SendMessage2 second =
        (SendMessage2)
            ResponderRun.receive(
                settings(Parties.SERVER, Parties.CLIENT, suite),
                initiator.message1(),
                other -> cR,
                RANDOM);
    SendMessage3 third = (SendMessage3) initiator.onMessage2(second.message2(), Rig.NOW);
    Completed completed = (Completed) second.run().onMessage3(third.message3(), Rig.NOW);
    return new Both(third.session(), completed.session());
  }

  private static void assertReason(Reason reason, EdhocSession session) {
    assertThatThrownBy(() -> EdhocContexts.parametersOf(session, Parties.rules()))
        .isInstanceOfSatisfying(
            HandshakeException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.explanation()).isEqualTo(reason.description());
            });
  }

  @Test
  @Tag("LK-011")
  void givesBothSidesTheSameParametersReversed() throws Exception {
    Both both = run(0, ConnectionId.of(1), ConnectionId.of(0x41, 2));
    ContextRules rules =
        Parties.rules()
            .withSaltOctets(12)
            .withReplayWindow(64)
            .withKeyUsageLimits(new KeyUsageLimits(5, 6, 7));
    try (ContextParameters initiator = EdhocContexts.parametersOf(both.initiator, rules);
        ContextParameters responder = EdhocContexts.parametersOf(both.responder, rules)) {
      assertThat(initiator.masterSecret()).isEqualTo(responder.masterSecret());
      assertThat(initiator.masterSecret().length()).isEqualTo(16);
      assertThat(initiator.masterSalt()).isEqualTo(responder.masterSalt());
      assertThat(initiator.masterSalt().length()).isEqualTo(12);
      assertThat(initiator.senderId()).isEqualTo(Bytes.of(0x41, 2));
      assertThat(initiator.recipientId()).isEqualTo(Bytes.of(1));
      assertThat(responder.senderId()).isEqualTo(Bytes.of(1));
      assertThat(responder.recipientId()).isEqualTo(Bytes.of(0x41, 2));
      assertThat(initiator.aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
      assertThat(initiator.replayWindow()).isEqualTo(64);
      assertThat(initiator.keyUsageLimits().seals()).isEqualTo(5);
    }
  }

  @Test
  void takesTheKeyLengthOfTheApplicationAlgorithm() throws Exception {
    Both both = run(4, ConnectionId.of(1), ConnectionId.of(2));
    try (ContextParameters parameters =
        EdhocContexts.parametersOf(both.initiator, Parties.rules())) {
      assertThat(parameters.masterSecret().length()).isEqualTo(32);
      assertThat(parameters.aead()).isEqualTo(AeadAlgorithm.CHACHA20_POLY1305);
    }
  }

  @Test
  @Tag("LK-006")
  void refusesEqualIdentifiers() {
    assertReason(Reason.SAME_IDS, run(0, ConnectionId.of(1), ConnectionId.of(1)).initiator);
  }

  @Test
  void refusesIdentifiersThatDoNotFitTheNonce() throws Exception {
    ConnectionId seven = ConnectionId.of(1, 2, 3, 4, 5, 6, 7);
    ConnectionId eight = ConnectionId.of(1, 2, 3, 4, 5, 6, 7, 8);
    assertReason(Reason.ID_TOO_LONG, run(0, eight, ConnectionId.of(1)).responder);
    assertReason(Reason.ID_TOO_LONG, run(0, ConnectionId.of(1), eight).responder);
    EdhocContexts.parametersOf(run(0, seven, ConnectionId.of(1)).responder, Parties.rules())
        .close();
    assertReason(Reason.ID_TOO_LONG, run(4, seven, ConnectionId.of(1)).responder);
  }

  @Test
  void knowsWhichSuitesGiveNoContext() {
    assertThat(EdhocContexts.isUsable(CipherSuites.standard().require(24))).isTrue();
    assertThat(EdhocContexts.isUsable(CipherSuites.standard().require(25))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EdhocContexts.requireUsable(CipherSuites.standard().require(25)))
        .withMessageContaining("SHAKE_256");
  }

  @Test
  void tellsThatAContextCouldNotBeRecorded() {
    ContextRules rules =
        ContextRules.of(
            parameters -> {
              throw new ReservationException(ReservationException.Reason.FULL, "disk full");
            });
    EdhocSession session = run(0, ConnectionId.of(1), ConnectionId.of(2)).initiator;
    assertThatThrownBy(() -> EdhocContexts.establish(session, rules))
        .isInstanceOfSatisfying(
            HandshakeException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_RECORDED));
  }

  @Test
  void refusesLengthsOutOfRange() {
    ContextRules rules = Parties.rules();
    assertThatIllegalArgumentException().isThrownBy(() -> rules.withSaltOctets(0));
    assertThatIllegalArgumentException().isThrownBy(() -> rules.withSaltOctets(65));
    assertThatIllegalArgumentException().isThrownBy(() -> rules.withReplayWindow(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> rules.withReplayWindow(65));
  }

  @Test
  void keepsNoSecretInItsText() {
    EdhocSession session = run(0, ConnectionId.of(1), ConnectionId.of(2)).initiator;
    try (SecretBytes secret = session.exporter(0, Bytes.empty(), 16)) {
      String text = HandshakeEvent.Completed.of(Rig.CLIENT, session).describe();
      assertThat(text).contains("method 3").contains("suite 0").contains("C_I '01'");
      assertThat(text).doesNotContain(secret.use(Bytes::copyOf).toHex());
    }
  }
}
