package dev.moat.edhoc.run;

import static dev.moat.edhoc.run.Steps.NOW;
import static dev.moat.edhoc.run.Steps.assertRejected;
import static dev.moat.edhoc.run.Steps.expect;
import static dev.moat.edhoc.run.Steps.message2;
import static dev.moat.edhoc.run.Steps.message3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Suites are negotiated by one error at most (RFC 9528, Section 6.3). */
class NegotiationTest {
  private static final Method METHOD = Method.DH_DH;

  private final RandomSource random = Seeded.random();

  @Test
  @Tag("LK-063")
  @Tag("LK-096")
  void comesToTheRespondersSuiteAfterOneError() throws Exception {
    EdhocSettings initiator = settings(Role.INITIATOR, 4, 5, 6, 2, 3);
    EdhocSettings responder = settings(Role.RESPONDER, 3, 2);
    InitiatorRun first = begin(initiator, 5);
    assertThat(suitesI(first)).containsExactly(4, 5);
    Bytes error = refusal(responder, first);
    assertThat(error).isEqualTo(new EdhocError.WrongSuite(SuitesField.of(3, 2)).encoded());
    InitiatorRun second = expect(InitiatorStep.Retry.class, first.onError(error)).next();
    assertThat(suitesI(second)).containsExactly(4, 5, 6, 2);
    assertThat(second.suite().value()).isEqualTo(2);
    assertThat(gX(second)).isNotEqualTo(gX(first));
    assertThat(second.cI()).isEqualTo(first.cI());
    assertThat(second.method()).isEqualTo(METHOD);
    assertCompletes(second, responder, 2);
  }

  @Test
  @Tag("LK-063")
  @Tag("LK-070")
  void goesBackToAMorePreferredSuiteThatTheResponderHas() throws Exception {
    InitiatorRun first = begin(settings(Role.INITIATOR, 4, 5), 5);
    EdhocSettings responder = settings(Role.RESPONDER, 5, 4);
    Bytes error = refusal(responder, first);
    InitiatorRun second = expect(InitiatorStep.Retry.class, first.onMessage2(error, NOW)).next();
    assertThat(suitesI(second)).containsExactly(4);
    assertCompletes(second, responder, 4);
  }

  @Test
  @Tag("LK-096")
  void neverGuessesAThirdTime() {
    InitiatorRun first = begin(settings(Role.INITIATOR, 4, 2, 3), 4);
    InitiatorRun second = expect(InitiatorStep.Retry.class, first.onError(wrongSuite(2))).next();
    InitiatorStep third = second.onError(wrongSuite(3));
    assertRejected(third, Reason.NO_COMMON_SUITE);
    assertThat(expect(InitiatorStep.Rejected.class, third).errorMessage()).isEmpty();
  }

  @Test
  @Tag("LK-074")
  void refusesAnErrorThatDemandsWhatWasOffered() {
    InitiatorRun run = begin(settings(Role.INITIATOR, 2, 3), 2);
    assertRejected(run.onError(wrongSuite(2)), Reason.NO_COMMON_SUITE);
    assertRejected(run.onError(wrongSuite(3, 2)), Reason.NO_COMMON_SUITE);
    assertRejected(run.onError(wrongSuite(24, 25)), Reason.NO_COMMON_SUITE);
  }

  @Test
  @Tag("LK-074")
  void isNotTalkedIntoAWeakerSuiteByAForgedError() {
    InitiatorRun first = begin(settings(Role.INITIATOR, 3, 2), 3);
    InitiatorRun second = expect(InitiatorStep.Retry.class, first.onError(wrongSuite(2))).next();
    EdhocSettings honest = settings(Role.RESPONDER, 2, 3);
    assertRejected(receive(honest, second.message1()), Reason.WRONG_SUITE);
    // Who did not believe the error completes with the suite that both prefer.
    assertCompletes(first, honest, 3);
  }

  @Test
  @Tag("LK-072")
  @Tag("LK-074")
  void noticesAStrippedSuite() throws Exception {
    InitiatorRun run = begin(settings(Role.INITIATOR, 3, 2), 2);
    Message1 genuine = Message1.decode(run.message1());
    Message1 stripped =
        new Message1(
            genuine.method(), SuitesField.of(2), genuine.gX(), genuine.cI(), genuine.ead1());
    ResponderStep step = receive(settings(Role.RESPONDER, 2, 3), stripped.encoded());
    // Another transcript, another keystream: message_2 is not even readable.
    assertThat(run.onMessage2(message2(step).message2(), NOW))
        .isInstanceOf(InitiatorStep.Rejected.class);
  }

  @Test
  @Tag("LK-070")
  @Tag("LK-073")
  void alwaysComesToTheMostPreferredCommonSuite() {
    Seeded.check(
        40,
        arbitrary -> {
          List<Integer> own = shuffled();
          List<Integer> theirs = shuffled();
          InitiatorRun run = begin(settings(Role.INITIATOR, own), own.get(0));
          EdhocSettings responder = settings(Role.RESPONDER, theirs);
          int expected = own.stream().filter(theirs::contains).findFirst().orElse(-1);
          ResponderStep step = receive(responder, run.message1());
          if (step instanceof ResponderStep.Rejected refused) {
            InitiatorStep next = run.onError(refused.errorMessage().orElseThrow());
            if (expected == -1) {
              assertRejected(next, Reason.NO_COMMON_SUITE);
              return;
            }
            run = expect(InitiatorStep.Retry.class, next).next();
          }
          assertCompletes(run, responder, expected);
        });
  }

  @Test
  @Tag("LK-062")
  void takesAPrivateSuiteByConfigurationOnly() {
    CipherSuite two = CipherSuites.standard().require(2);
    CipherSuite mine =
        new CipherSuite(
            -21,
            two.aead(),
            two.hash(),
            16,
            two.curve(),
            two.signature(),
            two.applicationAead(),
            two.applicationHash());
    Pair pair = Pair.byKid(METHOD, 2);
    EdhocSettings initiator = suites(pair.initiator(), mine);
    EdhocSettings responder = suites(pair.responder(), mine);
    Pair own = new Pair(METHOD, mine, initiator, responder, 1);
    Pair.Outcome outcome = own.complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
    assertThat(outcome.message2().length()).isEqualTo(45 + 8);
  }

  @Test
  void beginsWithTheMostPreferredSuiteForWhichThereIsAKey() {
    Identity p256 = identity("initiator", 2);
    EdhocSettings settings =
        EdhocSettings.builder(TraceParty.BEST, suites(List.of(0, 2)), Set.of(METHOD))
            .identities(p256)
            .build();
    InitiatorRun run = InitiatorRun.begin(settings, METHOD, Pair.C_I, random);
    assertThat(run.suite().value()).isEqualTo(2);
    assertRejected(run.onError(wrongSuite(0)), Reason.NO_COMMON_SUITE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InitiatorRun.begin(settings, Method.SIGN_SIGN, Pair.C_I, random));
    CipherSuite zero = CipherSuites.standard().require(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InitiatorRun.begin(settings, METHOD, zero, Pair.C_I, random));
  }

  @Test
  @Tag("LK-063")
  void comesToASuiteForWhichBothHaveKeysThoughBothHaveBetterOnes() throws Exception {
    EdhocSettings initiator = withOneKey(Role.INITIATOR, 2);
    EdhocSettings responder = withOneKey(Role.RESPONDER, 2);
    InitiatorRun own = InitiatorRun.begin(initiator, METHOD, Pair.C_I, random);
    assertThat(suitesI(own)).containsExactly(2);
    assertCompletes(own, settings(Role.RESPONDER, 0, 2), 2);
    InitiatorRun first = begin(settings(Role.INITIATOR, 0, 2), 0);
    Bytes error = refusal(responder, first);
    assertThat(error).isEqualTo(new EdhocError.WrongSuite(SuitesField.of(2)).encoded());
    InitiatorRun second = expect(InitiatorStep.Retry.class, first.onError(error)).next();
    assertCompletes(second, responder, 2);
  }

  /** Knows suites 0 and 2, and has a key for only one of them. */
  private static EdhocSettings withOneKey(Role role, int suite) {
    EdhocSettings both = settings(role, 0, 2);
    String own = role == Role.INITIATOR ? "initiator" : "responder";
    return EdhocSettings.builder(TraceParty.BEST, both.suites(), Set.of(METHOD))
        .identities(identity(own, suite))
        .peers(both.peers())
        .build();
  }

  @Test
  @Tag("LK-035")
  @Tag("LK-065")
  void answersAMethodThatIsNotAllowedWithError1() throws Exception {
    EdhocSettings responder = settings(Role.RESPONDER, 2);
    InitiatorRun run = Pair.byKid(Method.SIGN_SIGN, 2).begin();
    ResponderStep step = receive(responder, run.message1());
    assertRejected(step, Reason.METHOD_NOT_SUPPORTED);
    Bytes error = expect(ResponderStep.Rejected.class, step).errorMessage().orElseThrow();
    assertThat(EdhocError.decode(error))
        .isEqualTo(new EdhocError.Unspecified("Method not supported"));
  }

  private void assertCompletes(InitiatorRun run, EdhocSettings responder, int suite) {
    ResponderStep.SendMessage2 second = message2(receive(responder, run.message1()));
    InitiatorStep.SendMessage3 third = message3(run.onMessage2(second.message2(), NOW));
    ResponderStep.Completed last = Steps.completed(second.run().onMessage3(third.message3(), NOW));
    Steps.assertSame(third.session(), last.session());
    assertThat(last.session().suite().value()).isEqualTo(suite);
  }

  private Bytes refusal(EdhocSettings responder, InitiatorRun run) {
    ResponderStep step = receive(responder, run.message1());
    assertRejected(step, Reason.WRONG_SUITE);
    return expect(ResponderStep.Rejected.class, step).errorMessage().orElseThrow();
  }

  private ResponderStep receive(EdhocSettings responder, Bytes message1) {
    return ResponderRun.receive(responder, message1, cI -> Pair.C_R, random);
  }

  private InitiatorRun begin(EdhocSettings settings, int selected) {
    CipherSuite suite = CipherSuites.standard().require(selected);
    return InitiatorRun.begin(settings, METHOD, suite, Pair.C_I, random);
  }

  private static Bytes wrongSuite(Integer... suites) {
    return new EdhocError.WrongSuite(SuitesField.of(suites)).encoded();
  }

  private static List<Integer> suitesI(InitiatorRun run) throws Exception {
    return Message1.decode(run.message1()).suites().values();
  }

  private static Bytes gX(InitiatorRun run) throws Exception {
    return Message1.decode(run.message1()).gX();
  }

  private List<Integer> shuffled() {
    List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
    List<Integer> chosen = new ArrayList<>();
    int count = 1 + random.below(4);
    for (int i = 0; i < count; i++) {
      chosen.add(left.remove(random.below(left.size())));
    }
    return chosen;
  }

  private static EdhocSettings suites(EdhocSettings settings, CipherSuite suite) {
    return EdhocSettings.builder(settings.primitives(), List.of(suite), settings.methods())
        .identities(settings.identities().get(0))
        .peers(settings.peers())
        .build();
  }

  private static List<CipherSuite> suites(List<Integer> values) {
    return values.stream().map(CipherSuites.standard()::require).toList();
  }

  private static EdhocSettings settings(Role role, Integer... values) {
    return settings(role, List.of(values));
  }

  /** Has a static key for P-256 and one for X25519, and knows those of the other side. */
  private static EdhocSettings settings(Role role, List<Integer> values) {
    String own = role == Role.INITIATOR ? "initiator" : "responder";
    String peer = role == Role.INITIATOR ? "responder" : "initiator";
    PinnedCredentials peers =
        PinnedCredentials.of(
            TraceParty.CRYPTO, identity(peer, 0).credential(), identity(peer, 2).credential());
    return EdhocSettings.builder(TraceParty.BEST, suites(values), Set.of(METHOD))
        .identities(identity(own, 0), identity(own, 2))
        .peers(peers)
        .build();
  }

  private static Identity identity(String name, int suite) {
    CipherSuite chosen = CipherSuites.standard().require(suite);
    Person person = Person.claiming(name, Person.curve(AuthenticationKind.STATIC_DH, chosen));
    return person.identity(AuthenticationKind.STATIC_DH, person.named(IdCred.Type.KID));
  }
}
