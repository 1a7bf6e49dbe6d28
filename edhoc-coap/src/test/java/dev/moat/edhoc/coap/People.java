package dev.moat.edhoc.coap;

import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Two people who know each other, with the kinds of key that a method and a suite need. */
final class People {
  final Method method;
  final CipherSuite suite;
  final Person initiator;
  final Person responder;

  private People(Method method, CipherSuite suite, boolean byValue) {
    this.method = method;
    this.suite = suite;
    this.initiator = person("a lock at the door", method.of(Role.INITIATOR), byValue);
    this.responder = person("the keeper of keys", method.of(Role.RESPONDER), byValue);
  }

  /** Who are named by an identifier of their key. */
  static People of(int method, int suite) {
    return new People(
        Method.of(method).orElseThrow(), CipherSuites.standard().require(suite), false);
  }

  /** The same people, who send their claims sets. */
  People byValue() {
    return new People(method, suite, true);
  }

  EdhocSettings.Builder asInitiator() {
    return settings(initiator, responder);
  }

  EdhocSettings.Builder asResponder() {
    return settings(responder, initiator);
  }

  private EdhocSettings.Builder settings(Person own, Person peer) {
    return EdhocSettings.builder(Parties.PRIMITIVES, List.of(suite), Set.of(method))
        .identities(own.identity)
        .peers(PinnedCredentials.of(Parties.PRIMITIVES.symmetric(), peer.credential));
  }

  private Person person(String name, AuthenticationKind kind, boolean byValue) {
    boolean signs = kind == AuthenticationKind.SIGNATURE;
    KeyCurve curve = signs ? KeyCurve.of(suite.signature()) : KeyCurve.of(suite.curve());
    PrivateKey key =
        PrivateKey.generate(
            curve,
            Parties.PRIMITIVES.curves(),
            new InsecureSeededRandom(9000 + 31L * name.hashCode() + suite.value()));
    Bytes kid = Bytes.utf8("key of " + name);
    Credential credential = Credential.ccsOf(name, key.publicKey().withKid(kid));
    IdCred named = byValue ? IdCred.kccs(credential.encoded()) : IdCred.kid(kid);
    try {
      return new Person(
          name,
          credential,
          signs
              ? Identity.signing(named, credential, key.signing(Parties.PRIMITIVES.curves()))
              : Identity.staticDh(named, credential, key.agreement(Parties.PRIMITIVES.curves())));
    } catch (CoseException wrong) {
      throw new AssertionError(wrong);
    }
  }

  @Override
  public String toString() {
    return "method " + method.value() + ", suite " + suite.value();
  }

  /** Someone with a credential. */
  record Person(String name, Credential credential, Identity identity) {
    /** What would give the person away, wherever it stands. */
    List<Bytes> traces() {
      return Stream.of(
              Bytes.utf8(name),
              credential.kid().orElseThrow(),
              credential.key().x(),
              credential.encoded())
          .toList();
    }
  }
}
