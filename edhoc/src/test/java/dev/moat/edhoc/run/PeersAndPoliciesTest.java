package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;
import static dev.moat.edhoc.run.Steps.assertRejected;
import static dev.moat.edhoc.run.Steps.completed;
import static dev.moat.edhoc.run.Steps.expect;
import static dev.moat.edhoc.run.Steps.message2;
import static dev.moat.edhoc.run.Steps.message3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialStore;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.credential.Resolution;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PublicKey;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Seeded;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is talked to, and what is left of a session. */
class PeersAndPoliciesTest {
  private static final CipherSuite SUITE = CipherSuites.standard().require(2);
  private static final Person RESPONDER =
      Person.claiming("responder", Person.curve(AuthenticationKind.STATIC_DH, SUITE));

  private final Pair pair = Pair.byKid(Method.DH_DH, 2);

  @Test
  @Tag("LK-050")
  void talksOnlyToWhomThePolicyAllows() {
    Credential other =
        Person.claiming("other", Person.curve(AuthenticationKind.STATIC_DH, SUITE)).credential();
    assertThat(against(IdentityPolicy.only(other))).isEqualTo(Reason.IDENTITY_REFUSED);
    assertThat(against(IdentityPolicy.subjects("other"))).isEqualTo(Reason.IDENTITY_REFUSED);
    assertThat(against(claimed -> false)).isEqualTo(Reason.IDENTITY_REFUSED);
    assertCompletes(IdentityPolicy.only(RESPONDER.credential(), other));
    assertCompletes(IdentityPolicy.subjects("responder"));
    assertCompletes(IdentityPolicy.everyTrusted());
  }

  @Test
  void tellsWhyACredentialIsNotTaken() {
    assertThat(against((claimed, now) -> new Resolution.Untrusted("expired")))
        .isEqualTo(Reason.UNTRUSTED_CREDENTIAL);
    assertThat(against((claimed, now) -> new Resolution.Unknown()))
        .isEqualTo(Reason.UNKNOWN_CREDENTIAL);
    assertThat(unknown(RESPONDER.named(IdCred.Type.KCCS))).isEqualTo(Reason.UNTRUSTED_CREDENTIAL);
    assertThat(unknown(RESPONDER.named(IdCred.Type.C5U))).isEqualTo(Reason.UNKNOWN_CREDENTIAL);
  }

  @Test
  @Tag("LK-031")
  void refusesAWayOfNamingThatItDoesNotKnow() throws Exception {
    IdCred odd = IdCred.decode(Bytes.hex("a1190fa041aa"));
    assertThat(odd.type()).isEqualTo(IdCred.Type.OTHER);
    assertThat(unknown(odd)).isEqualTo(Reason.UNSUPPORTED_CREDENTIAL);
    // Registered by the application it is as good as any other.
    Identity named = RESPONDER.identity(AuthenticationKind.STATIC_DH, odd);
    CredentialStore peers =
        PinnedCredentials.builder(TraceParty.CRYPTO).add(odd, RESPONDER.credential()).build();
    Pair.Outcome outcome =
        pair.with(
                settings(pair.initiator()).peers(peers).build(),
                settings(pair.responder()).identities(named).build())
            .complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
  }

  @Test
  void refusesACredentialWhoseKeyDoesNotFit() {
    Credential ed25519 = Person.claiming("x", KeyCurve.ED25519).credential();
    assertThat(against((claimed, now) -> new Resolution.Trusted(List.of(ed25519))))
        .isEqualTo(Reason.UNSUITABLE_KEY);
    Pair signed = Pair.byKid(Method.SIGN_SIGN, 2);
    EdhocSettings wrong =
        settings(signed.initiator())
            .peers((claimed, now) -> new Resolution.Trusted(List.of(ed25519)))
            .build();
    Pair mixed = signed.with(wrong, signed.responder());
    InitiatorRun run = mixed.begin();
    assertRejected(
        run.onMessage2(message2(mixed.receive(run.message1())).message2(), NOW),
        Reason.UNSUITABLE_KEY);
  }

  @Test
  void refusesAKeyThatIsPermittedForTheOtherUseOnly() throws Exception {
    int verify = 2;
    int deriveKey = 7;
    assertThat(restricted(Method.DH_DH, verify)).isEqualTo(Reason.UNSUITABLE_KEY);
    assertThat(restricted(Method.SIGN_SIGN, deriveKey)).isEqualTo(Reason.UNSUITABLE_KEY);
  }

  /** What becomes of a Responder whose own claims set has these key_ops. */
  private static Reason restricted(Method method, int operation) throws CoseException {
    Pair plain = Pair.byKid(method, 2);
    AuthenticationKind kind = method.of(Role.RESPONDER);
    Person own = Person.claiming("responder", Person.curve(kind, SUITE));
    PublicKey key = own.key().publicKey();
    CborWriter coseKey =
        new CborWriter()
            .map(
                map -> {
                  map.put(1, kty -> kty.integer(2))
                      .put(4, operations -> operations.array(1).integer(operation))
                      .put(-1, crv -> crv.integer(1))
                      .put(-2, x -> x.bytes(key.x()));
                  key.y().ifPresent(y -> map.put(-3, item -> item.bytes(y)));
                });
    CborWriter claims =
        new CborWriter()
            .map(map -> map.put(8, c -> c.map(m -> m.put(1, k -> k.encoded(coseKey.toBytes())))));
    Person limited = new Person("responder", own.key(), Credential.ccs(claims.toBytes()));
    Identity identity = limited.identity(kind, limited.named(IdCred.Type.KCCS));
    CredentialStore peers = PinnedCredentials.of(TraceParty.CRYPTO, limited.credential());
    EdhocSettings initiator =
        EdhocSettings.builder(TraceParty.BEST, List.of(SUITE), Set.of(method))
            .identities(plain.initiator().identities().get(0))
            .peers(peers)
            .build();
    EdhocSettings responder =
        EdhocSettings.builder(TraceParty.BEST, List.of(SUITE), Set.of(method))
            .identities(identity)
            .build();
    Pair mixed = plain.with(initiator, responder);
    InitiatorRun run = mixed.begin();
    Bytes message2 = message2(mixed.receive(run.message1())).message2();
    return expect(InitiatorStep.Rejected.class, run.onMessage2(message2, NOW)).why().reason();
  }

  @Test
  @Tag("LK-029")
  void triesEveryCredentialOfOneKeyIdentifier() {
    Person other = Person.claiming("other", Person.curve(AuthenticationKind.STATIC_DH, SUITE));
    CredentialStore both =
        (claimed, now) ->
            new Resolution.Trusted(List.of(other.credential(), RESPONDER.credential()));
    EdhocSettings settings = settings(pair.initiator()).peers(both).build();
    Pair.Outcome outcome = pair.with(settings, pair.responder()).complete();
    assertThat(outcome.initiator().peer().credential()).contains(RESPONDER.credential());
  }

  @Test
  void answersWithAnErrorWhenItHasNoCredentialOfItsOwn() {
    EdhocSettings nobody = settings(pair.responder()).identities().build();
    ResponderStep step = pair.with(pair.initiator(), nobody).receive(pair.begin().message1());
    assertRejected(step, Reason.NO_OWN_CREDENTIAL);
    assertThat(expect(ResponderStep.Rejected.class, step).errorMessage()).isPresent();
  }

  @Test
  @Tag("LK-006")
  void refusesToChooseTheInitiatorsIdentifier() {
    InitiatorRun run = pair.begin();
    ResponderStep step =
        ResponderRun.receive(pair.responder(), run.message1(), cI -> cI, Seeded.random());
    assertRejected(step, Reason.SAME_CONNECTION_ID);
  }

  @Test
  void reportsErrorsInEveryStateAndGoesOn() {
    Bytes error = new EdhocError.Unspecified("gone").encoded();
    InitiatorRun run = pair.begin();
    ResponderStep.SendMessage2 second = message2(pair.receive(run.message1()));
    assertThat(expect(InitiatorStep.PeerAborted.class, run.onError(error)).error().code())
        .isEqualTo(1);
    assertThat(second.run().onMessage3(error, NOW)).isInstanceOf(ResponderStep.PeerAborted.class);
    ResponderStep odd = second.run().onError(Bytes.of(0x01));
    assertThat(expect(ResponderStep.Rejected.class, odd).errorMessage()).isEmpty();
    InitiatorStep bad = run.onError(Bytes.of(0x01));
    assertThat(expect(InitiatorStep.Rejected.class, bad).errorMessage()).isEmpty();
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    Bytes wrongSuite = new EdhocError.WrongSuite(SuitesField.of(3)).encoded();
    assertThat(run.onError(wrongSuite)).isInstanceOf(InitiatorStep.PeerAborted.class);
    assertThat(run.onMessage4(error)).isInstanceOf(InitiatorStep.PeerAborted.class);
    assertRejected(run.onMessage4(Bytes.of(0x40)), Reason.SESSION_ENDED);
    assertThat(completed(second.run().onMessage3(third.message3(), NOW)).message4()).isEmpty();
  }

  @Test
  @Tag("LK-046")
  void leavesNothingBehindAClosedRun() {
    EdhocSettings initiator = settings(pair.initiator()).message4().build();
    Pair confirmed = pair.with(initiator, settings(pair.responder()).message4().build());
    InitiatorRun closed = confirmed.begin();
    ResponderStep.SendMessage2 second = message2(confirmed.receive(closed.message1()));
    closed.close();
    assertRejected(closed.onMessage2(second.message2(), NOW), Reason.SESSION_ENDED);
    InitiatorRun run = confirmed.begin();
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    run.close();
    assertRejected(run.onMessage4(Bytes.of(0x40)), Reason.SESSION_ENDED);
    assertThat(third.session().exporter(0, Bytes.empty(), 16).length()).isEqualTo(16);
    second.run().close();
    assertRejected(second.run().onMessage3(third.message3(), NOW), Reason.SESSION_ENDED);
    assertThat(second.run().message2()).isEqualTo(second.message2());
    assertThat(second.run().cR()).isEqualTo(Pair.C_R);
  }

  @Test
  @Tag("LK-010")
  void storesNothingOfASessionThatIsNotConfirmed() {
    Pair.Outcome outcome = pair.complete();
    EdhocSession session = outcome.initiator();
    assertThatIllegalStateException().isThrownBy(session::prkOutForStorage);
    assertThatIllegalStateException()
        .isThrownBy(() -> session.exportForStorage(2, Bytes.empty(), 16));
    session.confirmedByOscore();
    assertThat(session.prkOutForStorage()).isEqualTo(outcome.responder().prkOutForStorage());
    assertThat(session.exportForStorage(2, Bytes.empty(), 16))
        .isEqualTo(outcome.responder().exporter(2, Bytes.empty(), 16));
  }

  @Test
  @Tag("LK-057")
  void forgetsTheKeysBeforeAnUpdateAndAfterTheEnd() {
    EdhocSession session = pair.complete().responder();
    var before = session.exporter(0, Bytes.empty(), 16);
    session.keyUpdate(Bytes.of(1));
    assertThat(session.exporter(0, Bytes.empty(), 16)).isNotEqualTo(before);
    assertThatIllegalArgumentException().isThrownBy(() -> session.exporter(-1, Bytes.empty(), 16));
    session.close();
    assertThatIllegalStateException().isThrownBy(() -> session.exporter(0, Bytes.empty(), 16));
    assertThatIllegalStateException().isThrownBy(() -> session.keyUpdate(Bytes.of(1)));
    assertThat(session).hasToString("EdhocSession[RESPONDER, DH_DH, suite 2]");
    assertThat(session.credential(session.role())).isEqualTo(session.ownCredential());
    assertThat(session.credential(session.role().other())).isEqualTo(session.peer().encoded());
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EdhocSettings.builder(TraceParty.BEST, List.of(), Set.of(Method.DH_DH)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EdhocSettings.builder(TraceParty.BEST, List.of(SUITE), Set.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EdhocSettings.builder(
                    TraceParty.BEST, List.of(SUITE, SUITE), Set.of(Method.DH_DH)));
  }

  private Reason against(IdentityPolicy policy) {
    return reason(settings(pair.initiator()).identityPolicy(policy).build(), pair.responder());
  }

  private Reason against(CredentialStore peers) {
    return reason(settings(pair.initiator()).peers(peers).build(), pair.responder());
  }

  private Reason unknown(IdCred name) {
    Identity named = RESPONDER.identity(AuthenticationKind.STATIC_DH, name);
    EdhocSettings stranger =
        settings(pair.initiator()).peers((id, now) -> new Resolution.Unknown()).build();
    return reason(stranger, settings(pair.responder()).identities(named).build());
  }

  private Reason reason(EdhocSettings initiator, EdhocSettings responder) {
    Pair between = pair.with(initiator, responder);
    InitiatorRun run = between.begin();
    Bytes message2 = message2(between.receive(run.message1())).message2();
    return expect(InitiatorStep.Rejected.class, run.onMessage2(message2, NOW)).why().reason();
  }

  private void assertCompletes(IdentityPolicy policy) {
    EdhocSettings initiator = settings(pair.initiator()).identityPolicy(policy).build();
    Pair.Outcome outcome = pair.with(initiator, pair.responder()).complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
  }

  private static EdhocSettings.Builder settings(EdhocSettings base) {
    return EdhocSettings.builder(base.primitives(), base.suites(), base.methods())
        .identities(base.identities().get(0))
        .peers(base.peers());
  }
}
