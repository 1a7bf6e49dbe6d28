package dev.moat.edhoc.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method with every suite and every pairing of credentials completes with equal keys. */
class MatrixTest {
  private static final List<IdCred.Type> CLAIMS = List.of(IdCred.Type.KID, IdCred.Type.KCCS);
  private static final List<IdCred.Type> CERTIFICATES =
      List.of(IdCred.Type.X5T, IdCred.Type.X5CHAIN, IdCred.Type.X5BAG, IdCred.Type.X5U);

  private static final Set<Integer> ALL_PAIRINGS = Set.of(0, 2);

  /** A method with a suite. */
  record Combination(Method method, CipherSuite suite) {
    @Override
    public String toString() {
      return method + ", suite " + suite.value();
    }
  }

  /** Someone by some name. */
  record Named(Person person, IdCred.Type type) {}

  static Stream<Combination> combinations() {
    return CipherSuites.standard().all().stream()
        .flatMap(
            suite ->
                Stream.of(Method.values())
                    .filter(method -> method != Method.PSK)
                    .map(method -> new Combination(method, suite)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @Tag("LK-002")
  @Tag("LK-023")
  @Tag("LK-024")
  @Tag("LK-025")
  @Tag("LK-026")
  @Tag("LK-027")
  @Tag("LK-028")
  @Tag("LK-029")
  @Tag("LK-030")
  @Tag("LK-032")
  @Tag("LK-033")
  @Tag("LK-034")
  @Tag("LK-066")
  void completesWithEveryPairing(Combination combination) {
    Method method = combination.method();
    CipherSuite suite = combination.suite();
    List<Named> initiators = everyone(Role.INITIATOR, method.of(Role.INITIATOR), suite);
    List<Named> responders = everyone(Role.RESPONDER, method.of(Role.RESPONDER), suite);
    for (int i = 0; i < initiators.size(); i++) {
      for (int r = 0; r < responders.size(); r++) {
        // With the mandatory suites all pairings, with the others every name on either side.
        if (ALL_PAIRINGS.contains(suite.value()) || i % responders.size() == r || i == 0) {
          assertCompletes(combination, initiators.get(i), responders.get(r));
        }
      }
    }
  }

  private static void assertCompletes(Combination combination, Named i, Named r) {
    Pair.Outcome outcome =
        Pair.of(
                combination.method(),
                combination.suite(),
                i.person(),
                i.type(),
                r.person(),
                r.type())
            .complete();
    Steps.assertSame(outcome.initiator(), outcome.responder());
    assertThat(outcome.initiator().peer().idCred().type()).isEqualTo(r.type());
    assertThat(outcome.responder().peer().idCred().type()).isEqualTo(i.type());
  }

  @Test
  @Tag("LK-001")
  @Tag("LK-133")
  void hasTheShortestMessagesWithStaticKeysByKid() {
    assertThat(sizes(Pair.byKid(Method.DH_DH, 2))).containsExactly(37, 45, 19);
    assertThat(sizes(Pair.byKid(Method.DH_DH, 0))).containsExactly(37, 45, 19);
  }

  @Test
  @Tag("LK-071")
  void hasLongerMacsWithSuite3AndTheSameApplicationTag() {
    Pair.Outcome outcome = Pair.byKid(Method.DH_DH, 3).complete();
    assertThat(sizes(outcome)).containsExactly(37, 53, 36);
    assertThat(outcome.initiator().suite().aead().tagOctets()).isEqualTo(16);
    assertThat(outcome.initiator().suite().applicationAead().tagOctets()).isEqualTo(8);
  }

  @Test
  @Tag("LK-028")
  @Tag("LK-133")
  void hasShortMessagesWithCertificatesByHash() {
    CipherSuite suite = CipherSuites.standard().require(2);
    Person i = Person.certified(Role.INITIATOR, KeyCurve.P_256).orElseThrow();
    Person r = Person.certified(Role.RESPONDER, KeyCurve.P_256).orElseThrow();
    Pair pair = Pair.of(Method.SIGN_SIGN, suite, i, IdCred.Type.X5T, r, IdCred.Type.X5T);
    assertThat(sizes(pair)).containsExactly(37, 115, 90);
  }

  private static List<Integer> sizes(Pair pair) {
    return sizes(pair.complete());
  }

  private static List<Integer> sizes(Pair.Outcome outcome) {
    return List.of(
        outcome.message1().length(), outcome.message2().length(), outcome.message3().length());
  }

  private static List<Named> everyone(Role role, AuthenticationKind kind, CipherSuite suite) {
    KeyCurve curve = Person.curve(kind, suite);
    Person claiming = Person.claiming(role.name().toLowerCase(Locale.ROOT), curve);
    Optional<Person> certified = Person.certified(role, curve);
    List<Named> named = new ArrayList<>();
    CLAIMS.forEach(type -> named.add(new Named(claiming, type)));
    named.add(new Named(claiming, IdCred.Type.C5U));
    certified.ifPresent(person -> CERTIFICATES.forEach(type -> named.add(new Named(person, type))));
    return named;
  }
}
