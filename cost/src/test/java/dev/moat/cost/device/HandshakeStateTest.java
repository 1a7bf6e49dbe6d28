package dev.moat.cost.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is derived, against what our own states hold. */
@Tag("LK-108")
class HandshakeStateTest {
  private static final CipherSuite SUITE = CipherSuites.standard().require(DeviceFigures.SUITE);
  private static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();

  @Test
  void ourStatesHoldWhatIsDerivedAndLittleMore() throws Exception {
    MemoryHandshake handshake =
        new MemoryHandshake(
            Method.of(3).orElseThrow(), SUITE, PRIMITIVES, PRIMITIVES, new InsecureSeededRandom(1));
    MemoryHandshake.Messages sent = handshake.run(MemoryHandshake.Meter.none());
    int credential = handshake.credentialOctets();
    InitiatorRun initiator = handshake.begin();
    var responder = (ResponderStep.SendMessage2) handshake.receive(initiator.message1());

    int derivedI = HandshakeState.ofInitiator(SUITE, credential, sent).waitingOctets();
    int derivedR = HandshakeState.ofResponder(SUITE, true, credential, sent).waitingOctets();
    int heldI = HeldOctets.of(initiator);
    int heldR = HeldOctets.of(responder.run());

    // G_X in place of H(message_1), which is as long; method and suite are no octets in Java.
    assertThat(heldI).isEqualTo(derivedI - 2);
    // Also message_2, to be repeated for a message_1 that is, and message_3's key made ahead.
    assertThat(heldR).isBetween(derivedR, derivedR + 45 + 37 + 32);
    handshake.close();
  }
}
