package dev.moat.edhoc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Authenticator;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage2;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.initiator.InitiatorStart;
import dev.moat.edhoc.initiator.UnverifiedMessage2;
import dev.moat.edhoc.initiator.VerifiedMessage2;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.responder.AwaitingMessage3;
import dev.moat.edhoc.responder.ReceivedMessage1;
import dev.moat.edhoc.responder.ResponderStart;
import dev.moat.edhoc.responder.UnverifiedMessage3;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The states by themselves: each has its steps once, and keeps nothing that it no longer needs. */
class StatesTest {
  private static final CipherSuite SUITE = CipherSuites.standard().require(2);

  private final InsecureSeededRandom random = new InsecureSeededRandom(7);

  @ParameterizedTest
  @EnumSource(value = Method.class, names = "PSK", mode = Mode.EXCLUDE)
  @Tag("LK-046")
  void leavesNoEphemeralKeyBehindTheStepThatNeededIt(Method method) throws Exception {
    Identity i = identity("initiator", method.of(Role.INITIATOR));
    Identity r = identity("responder", method.of(Role.RESPONDER));
    Terms terms = terms(method);
    DhPrivateKey x = ephemeral();
    DhPrivateKey y = ephemeral();
    AwaitingMessage2 first = start(terms).message1(Pair.C_I, EadItems.none(), x);
    ReceivedMessage1 received = responder(method).receive(first.message1());
    AwaitingMessage3 second = received.message2(r, Pair.C_R, EadItems.none(), y);
    boolean needed = method.of(Role.INITIATOR) == AuthenticationKind.STATIC_DH;
    assertThat(isErased(y)).isEqualTo(!needed);
    UnverifiedMessage2 claim = first.receive(second.message2());
    UnverifiedMessage2 copy = first.receive(second.message2());
    assertThat(claim.claimedIdCredR()).isEqualTo(r.idCred());
    assertThat(claim.claimedCR()).isEqualTo(Pair.C_R);
    VerifiedMessage2 verified = claim.verify(r.credential());
    assertThat(isErased(x)).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> claim.verify(r.credential()));
    assertThatIllegalStateException().isThrownBy(() -> copy.verify(r.credential()));
    assertThatIllegalStateException().isThrownBy(() -> first.receive(second.message2()));
    AwaitingMessage4 third = verified.message3(i, EadItems.none());
    assertThatIllegalStateException().isThrownBy(() -> verified.message3(i, EadItems.none()));
    UnverifiedMessage3 last = second.receive(third.message3());
    VerifiedMessage3 end = last.verify(i.credential());
    assertThat(isErased(y)).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> second.receive(third.message3()));
    assertThatIllegalStateException().isThrownBy(() -> last.verify(i.credential()));
    Bytes message4 = end.message4(EadItems.none());
    assertThatIllegalStateException().isThrownBy(() -> end.message4(EadItems.none()));
    assertThat(third.receive(message4).isEmpty()).isTrue();
    Steps.assertSame(third.completeWithoutMessage4(), end.session());
    assertThatIllegalStateException().isThrownBy(() -> third.receive(message4));
  }

  @Test
  @Tag("LK-046")
  void erasesWhatIsGivenUp() throws Exception {
    Terms terms = terms(Method.DH_DH);
    Identity i = identity("initiator", AuthenticationKind.STATIC_DH);
    Identity r = identity("responder", AuthenticationKind.STATIC_DH);
    AwaitingMessage2 first = start(terms).message1(Pair.C_I, EadItems.none(), random);
    AwaitingMessage3 second =
        responder(Method.DH_DH)
            .receive(first.message1())
            .message2(r, Pair.C_R, EadItems.none(), ephemeral());
    UnverifiedMessage2 closed = first.receive(second.message2());
    closed.close();
    assertThatIllegalStateException().isThrownBy(() -> closed.verify(r.credential()));
    VerifiedMessage2 verified = first.receive(second.message2()).verify(r.credential());
    verified.close();
    assertThatIllegalStateException().isThrownBy(() -> verified.message3(i, EadItems.none()));
    second.close();
    assertThatIllegalStateException().isThrownBy(() -> second.receive(Bytes.of(0x40)));
    AwaitingMessage2 other = start(terms).message1(Pair.C_I, EadItems.none(), random);
    other.close();
    assertThatIllegalStateException().isThrownBy(() -> other.receive(second.message2()));
  }

  @Test
  void closesSessionsWithTheirLastState() throws Exception {
    Pair.Outcome outcome = Pair.byKid(Method.DH_DH, 2).complete();
    assertThat(outcome.initiator().exporter(0, Bytes.empty(), 8).length()).isEqualTo(8);
    Terms terms = terms(Method.SIGN_SIGN);
    Identity i = identity("initiator", AuthenticationKind.SIGNATURE);
    Identity r = identity("responder", AuthenticationKind.SIGNATURE);
    AwaitingMessage2 first = start(terms).message1(Pair.C_I, EadItems.none(), random);
    AwaitingMessage3 second =
        responder(Method.SIGN_SIGN)
            .receive(first.message1())
            .message2(r, Pair.C_R, EadItems.none(), ephemeral());
    AwaitingMessage4 third =
        first.receive(second.message2()).verify(r.credential()).message3(i, EadItems.none());
    VerifiedMessage3 last = second.receive(third.message3()).verify(i.credential());
    EdhocSession session = last.session();
    assertThat(last.peer()).isSameAs(session.peer());
    assertThat(last.peer()).hasToString("VerifiedPeer[" + i.idCred() + "]");
    third.close();
    last.close();
    assertThatIllegalStateException().isThrownBy(() -> session.exporter(0, Bytes.empty(), 8));
    assertThatIllegalStateException().isThrownBy(() -> last.message4(EadItems.none()));
  }

  @Test
  @Tag("LK-051")
  void refusesTheIdentityThatItSpeaksAs() throws Exception {
    Terms terms = terms(Method.DH_DH);
    Identity self = identity("self", AuthenticationKind.STATIC_DH);
    AwaitingMessage2 first = start(terms).message1(Pair.C_I, EadItems.none(), random);
    AwaitingMessage3 second =
        responder(Method.DH_DH)
            .receive(first.message1())
            .message2(self, Pair.C_R, EadItems.none(), ephemeral());
    VerifiedMessage2 verified = first.receive(second.message2()).verify(self.credential());
    assertRefused(() -> verified.message3(self, EadItems.none()), Reason.OWN_CREDENTIAL);
    Identity other = identity("initiator", AuthenticationKind.STATIC_DH);
    AwaitingMessage4 third = verified.message3(other, EadItems.none());
    UnverifiedMessage3 claim = second.receive(third.message3());
    assertRefused(() -> claim.verify(self.credential()), Reason.OWN_CREDENTIAL);
    Person mallory = Person.claiming("mallory", KeyCurve.P_256);
    assertRefused(() -> claim.verify(mallory.credential()), Reason.AUTHENTICATION_FAILED);
    assertThat(claim.verify(other.credential()).peer().credential()).contains(other.credential());
  }

  @Test
  void refusesWhatDoesNotFitTheSuite() throws Exception {
    Terms terms = terms(Method.DH_DH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InitiatorStart(terms, SuitesField.of(2, 3)));
    DhPrivateKey x25519 = TraceParty.BEST.curves().generate(DhCurve.X25519, random);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(terms).message1(Pair.C_I, EadItems.none(), x25519));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Authenticator.of(AuthenticationKind.PSK, SUITE, TraceParty.BEST.curves()));
    Identity signer = identity("responder", AuthenticationKind.SIGNATURE);
    Identity holder = identity("responder", AuthenticationKind.STATIC_DH);
    Authenticator byMac = terms.authenticator(Role.INITIATOR);
    Authenticator bySignature = terms(Method.SIGN_SIGN).authenticator(Role.INITIATOR);
    assertThatIllegalArgumentException().isThrownBy(() -> byMac.prover(signer));
    assertThatIllegalArgumentException().isThrownBy(() -> bySignature.prover(holder));
    AwaitingMessage2 first = start(terms).message1(Pair.C_I, EadItems.none(), random);
    DhPrivateKey y = ephemeral();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                responder(Method.DH_DH)
                    .receive(first.message1())
                    .message2(signer, Pair.C_R, EadItems.none(), y));
    assertThat(isErased(y)).isTrue();
    assertThat(signer).hasToString("Identity[" + signer.idCred() + ", signs]");
    assertThat(holder).hasToString("Identity[" + holder.idCred() + ", static Diffie-Hellman]");
  }

  @Test
  void refusesAnIdentityWithAnotherKey() throws Exception {
    Person a = Person.claiming("a", KeyCurve.P_256);
    Person b = Person.claiming("b", KeyCurve.P_256);
    Person x = Person.claiming("x", KeyCurve.X25519);
    var signing = a.key().signing(TraceParty.BEST.curves());
    var agreement = a.key().agreement(TraceParty.BEST.curves());
    var name = a.named(IdCred.Type.KID);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Identity.signing(name, b.credential(), signing));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Identity.signing(name, x.credential(), signing));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Identity.staticDh(name, b.credential(), agreement));
  }

  private static void assertRefused(ThrowingCallable step, Reason reason) {
    assertThatExceptionOfType(EdhocException.class)
        .isThrownBy(step)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private boolean isErased(DhPrivateKey key) throws Exception {
    DhPrivateKey other = ephemeral();
    var peer = TraceParty.BEST.curves().publicKey(SUITE.curve(), other.publicKey());
    try {
      return key.agree(peer).length() == 0;
    } catch (IllegalStateException erased) {
      return true;
    }
  }

  private DhPrivateKey ephemeral() {
    return TraceParty.BEST.curves().generate(SUITE.curve(), random);
  }

  private static Identity identity(String name, AuthenticationKind kind) {
    Person person = Person.claiming(name, KeyCurve.P_256);
    return person.identity(kind, person.named(IdCred.Type.KID));
  }

  private static Terms terms(Method method) {
    return new Terms(TraceParty.BEST, method, SUITE, KeyUse.OSCORE);
  }

  private static InitiatorStart start(Terms terms) {
    return new InitiatorStart(terms, SuitesField.of(2));
  }

  private static ResponderStart responder(Method method) {
    return new ResponderStart(TraceParty.BEST, List.of(SUITE), Set.of(method), KeyUse.OSCORE);
  }
}
