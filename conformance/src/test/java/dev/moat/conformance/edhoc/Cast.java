package dev.moat.conformance.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The people of one story: Alice initiates, Bob responds, and Mallory has a credential like theirs,
 * which nobody trusts unless the story says so.
 */
record Cast(Method method, CipherSuite suite, Person alice, Person bob, Person mallory) {
  static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();

  /** Methods 0 to 3, each with a suite on Curve25519 and one on P-256. */
  static Stream<Arguments> publicKeyStories() {
    return Stream.of(0, 1, 2, 3)
        .flatMap(method -> Stream.of(0, 2).map(suite -> Arguments.of(of(method, suite))));
  }

  /** Fresh people with keys as method and suite need them. */
  static Cast of(int method, int suite) {
    return of(Method.of(method).orElseThrow(), CipherSuites.standard().require(suite));
  }

  static Cast of(Method method, CipherSuite suite) {
    // Far from the seeds of sessions: an ephemeral key must not be a long-term key by accident.
    InsecureSeededRandom random =
        new InsecureSeededRandom(1_000_000L + 100L * method.value() + suite.value());
    Person alice = person("alice", method.of(Role.INITIATOR), suite, random);
    Person bob = person("bob", method.of(Role.RESPONDER), suite, random);
    Person mallory = person("mallory", method.of(Role.RESPONDER), suite, random);
    return new Cast(method, suite, alice, bob, mallory);
  }

  /** Someone with a key of their own and a claims set that is referred to by its identifier. */
  static Person person(
      String name, AuthenticationKind kind, CipherSuite suite, InsecureSeededRandom random) {
    KeyCurve curve =
        kind == AuthenticationKind.SIGNATURE
            ? KeyCurve.of(suite.signature())
            : KeyCurve.of(suite.curve());
    PrivateKey key = PrivateKey.generate(curve, PRIMITIVES.curves(), random);
    return named(name, key, kind);
  }

  /** The claims set of {@code name} for a key, whoever it belongs to. */
  static Person named(String name, PrivateKey key, AuthenticationKind kind) {
    // All of one length, so that one can be turned into another in flight.
    Bytes kid = Bytes.utf8("key of " + (name + "-------").substring(0, 7));
    Credential credential = Credential.ccsOf(name, key.publicKey().withKid(kid));
    return new Person(name, key, credential, IdCred.kid(kid), kind);
  }

  @Override
  public String toString() {
    return "method " + method.value() + ", suite " + suite.value();
  }
}
