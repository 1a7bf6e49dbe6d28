package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;
import static dev.moat.edhoc.run.Steps.assertRejected;
import static dev.moat.edhoc.run.Steps.completed;
import static dev.moat.edhoc.run.Steps.expect;
import static dev.moat.edhoc.run.Steps.message2;
import static dev.moat.edhoc.run.Steps.message3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.psk.PskResumption;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Method 4 by the same runs as the others. */
class PskRunsTest {
  private static final Bytes KID = Bytes.of(0x00, 0x10);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 24, 25})
  @Tag("LK-022")
  @Tag("LK-025")
  @Tag("LK-064")
  void completesWithEverySuite(int suite) {
    EdhocHash hash = CipherSuites.standard().require(suite).hash();
    Pair pair = pair(suite, key(1, "i", "r", hash), key(1, "r", "i", hash));
    Pair.Outcome outcome = pair.complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
    assertThat(outcome.initiator().isConfirmed()).isTrue();
    assertThat(outcome.responder().peer().idCred().kid()).contains(KID);
  }

  @Test
  @Tag("LK-022")
  void hasTheShortestMessages() {
    Pair.Outcome outcome = pair(2, key(1, "i", "r"), key(1, "r", "i")).complete();
    assertThat(outcome.message1().length()).isEqualTo(37);
    assertThat(outcome.message2().length()).isEqualTo(35);
    assertThat(outcome.message3().length()).isEqualTo(13);
  }

  @Test
  @Tag("LK-022")
  @Tag("LK-041")
  void refusesAnotherKeyOrName() {
    assertLastStep(pair(2, key(1, "i", "r"), key(2, "r", "i")), Reason.DECRYPTION_FAILED);
    assertLastStep(pair(2, key(1, "i", "r"), key(1, "r", "x")), Reason.DECRYPTION_FAILED);
    Pair unknown = pair(2, key(1, "i", "r"), PskStore.of());
    assertLastStep(unknown, Reason.UNKNOWN_CREDENTIAL);
    EdhocSettings strict =
        settings(2, PskStore.of(key(1, "r", "i")))
            .identityPolicy(IdentityPolicy.subjects("i"))
            .build();
    assertLastStep(unknown.with(unknown.initiator(), strict), Reason.IDENTITY_REFUSED);
  }

  @Test
  @Tag("LK-052")
  void doesNotCompleteWithItself() {
    assertLastStep(pair(2, key(1, "i", "r"), key(1, "i", "r")), Reason.DECRYPTION_FAILED);
  }

  @Test
  @Tag("LK-022")
  void triesEveryKeyOfOneName() {
    PskStore both = PskStore.of(key(2, "r", "i"), key(1, "r", "i"));
    Pair.Outcome outcome = pair(2, key(1, "i", "r"), both).complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
  }

  @Test
  @Tag("LK-098")
  void completesAfterForgedMessages() {
    Pair pair = pair(0, key(1, "i", "r"), key(1, "r", "i"));
    InitiatorRun run = pair.begin();
    assertThat(run.onMessage2(Bytes.of(0x41, 0), NOW)).isInstanceOf(InitiatorStep.Rejected.class);
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    assertThat(third.session().isConfirmed()).isFalse();
    assertThat(second.run().onMessage3(Bytes.of(0x42, 1, 2), NOW))
        .isInstanceOf(ResponderStep.Rejected.class);
    ResponderStep.Completed fourth = completed(second.run().onMessage3(third.message3(), NOW));
    assertRejected(second.run().onMessage3(third.message3(), NOW), Reason.SESSION_ENDED);
    assertRejected(run.onMessage2(second.message2(), NOW), Reason.SESSION_ENDED);
    Steps.assertSame(completed(run.onMessage4(fourth.message4().orElseThrow())), fourth.session());
  }

  @Test
  @Tag("LK-058")
  void resumesASessionWithPublicKeys() {
    Pair.Outcome first = Pair.byKid(Method.DH_DH, 2).complete();
    first.initiator().confirmedByOscore();
    PskStore initiator = PskStore.of(PskResumption.after(first.initiator()));
    PskStore responder = PskStore.of(PskResumption.after(first.responder()));
    Pair.Outcome again = pair(2, initiator, responder).complete();
    Steps.assertSame(again.initiator(), again.responder());
    assertThat(again.message3().length()).isEqualTo(13);
  }

  @Test
  void padsAndHandsOverItems() {
    Pair base = pair(2, key(1, "i", "r"), key(1, "r", "i"));
    EdhocSettings padded = settings(2, PskStore.of(key(1, "i", "r"))).padding(16).build();
    EdhocSettings other = settings(2, PskStore.of(key(1, "r", "i"))).padding(16).build();
    Pair.Outcome outcome = base.with(padded, other).complete();
    assertThat(outcome.message1().length() % 16).isZero();
    assertThat((outcome.message2().length() - 2 - 32) % 16).isZero();
    assertThat((outcome.message3().length() - 1) % 16).isZero();
  }

  @Test
  void needsAKeyToBegin() {
    Pair pair = pair(2, PskStore.of(), PskStore.of());
    assertThatIllegalArgumentException().isThrownBy(pair::begin);
  }

  private static void assertLastStep(Pair pair, Reason reason) {
    InitiatorRun run = pair.begin();
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    ResponderStep step = second.run().onMessage3(third.message3(), NOW);
    assertRejected(step, reason);
    assertThat(expect(ResponderStep.Rejected.class, step).errorMessage()).isPresent();
    assertThat(third.session().isConfirmed()).isFalse();
    run.close();
    second.run().close();
    assertRejected(second.run().onMessage3(third.message3(), NOW), Reason.SESSION_ENDED);
  }

  private static PskCredential key(int octet, String own, String peer) {
    return key(octet, own, peer, EdhocHash.SHA_256);
  }

  private static PskCredential key(int octet, String own, String peer, EdhocHash hash) {
    byte[] octets = new byte[16];
    octets[3] = (byte) octet;
    return PskCredential.external(KID, SecretBytes.copyOf(octets), own, peer, hash);
  }

  private static Pair pair(int suite, PskCredential initiator, PskCredential responder) {
    return pair(suite, PskStore.of(initiator), PskStore.of(responder));
  }

  private static Pair pair(int suite, PskCredential initiator, PskStore responder) {
    return pair(suite, PskStore.of(initiator), responder);
  }

  private static Pair pair(int suite, PskStore initiator, PskStore responder) {
    CipherSuite chosen = CipherSuites.standard().require(suite);
    return new Pair(
        Method.PSK,
        chosen,
        settings(suite, initiator).build(),
        settings(suite, responder).build(),
        1);
  }

  private static EdhocSettings.Builder settings(int suite, PskStore keys) {
    List<CipherSuite> suites = List.of(CipherSuites.standard().require(suite));
    return EdhocSettings.builder(TraceParty.BEST, suites, Set.of(Method.PSK)).psks(keys).message4();
  }
}
