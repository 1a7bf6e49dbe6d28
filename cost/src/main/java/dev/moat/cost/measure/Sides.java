package dev.moat.cost.measure;

import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The settings of an initiator and a responder that know each other. Closing erases their keys. */
final class Sides implements AutoCloseable {
  private final Primitives primitives;
  private final Method method;
  private final CipherSuite suite;
  private final Deque<AutoCloseable> keys = new ArrayDeque<>();

  Sides(Primitives primitives, Method method, CipherSuite suite) {
    this.primitives = primitives;
    this.method = method;
    this.suite = suite;
  }

  /** Closes {@code key} together with this. */
  <T extends AutoCloseable> T closing(T key) {
    keys.push(key);
    return key;
  }

  Primitives primitives() {
    return primitives;
  }

  Method method() {
    return method;
  }

  CipherSuite suite() {
    return suite;
  }

  /** The settings of {@code own} in {@code role}, who trusts {@code peer} and nobody else. */
  EdhocSettings settings(Role role, BenchIdentity own, Credential peer) throws CoseException {
    AuthenticationKind needed = method.of(role);
    if (own.use() != needed) {
      throw new IllegalArgumentException(
          "method " + method.value() + " needs a key for " + needed + ", not " + own.use());
    }
    return builder()
        .identities(identity(own))
        .peers(PinnedCredentials.of(primitives.symmetric(), peer))
        .build();
  }

  /** The settings of who shares {@code key} with the peer. */
  EdhocSettings settings(PskCredential key) {
    return builder().psks(PskStore.of(key)).build();
  }

  private EdhocSettings.Builder builder() {
    return EdhocSettings.builder(primitives, List.of(suite), Set.of(method));
  }

  private Identity identity(BenchIdentity own) throws CoseException {
    return own.use() == AuthenticationKind.SIGNATURE
        ? Identity.signing(
            own.idCred(), own.credential(), closing(own.key().signing(primitives.curves())))
        : Identity.staticDh(
            own.idCred(), own.credential(), closing(own.key().agreement(primitives.curves())));
  }

  @Override
  public void close() {
    while (!keys.isEmpty()) {
      try {
        keys.pop().close();
      } catch (Exception broken) {
        throw new IllegalStateException("a key cannot be erased", broken);
      }
    }
  }
}
