package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The settings of an initiator and a responder that know each other. Closing erases their keys. */
final class Sides implements AutoCloseable {
  /** As in the draft's test vectors: two octets, for which no integer stands. */
  private static final Bytes PSK_KID = Bytes.of(0x00, 0x10);

  private final Primitives primitives;
  private final Method method;
  private final CipherSuite suite;
  private final Deque<AutoCloseable> keys = new ArrayDeque<>();

  private Sides(Primitives primitives, Method method, CipherSuite suite) {
    this.primitives = primitives;
    this.method = method;
    this.suite = suite;
  }

  /**
   * For the method and the suite of {@code shape}.
   *
   * @throws IllegalArgumentException for a shape that there is not
   */
  static Sides open(EdhocShape shape, Primitives primitives) {
    Method method =
        Method.of(shape.method())
            .orElseThrow(() -> new IllegalArgumentException("no method " + shape.method()));
    boolean initiator = shape.initiator() == CredentialForm.PSK;
    boolean responder = shape.responder() == CredentialForm.PSK;
    if ((method == Method.PSK) != initiator || initiator != responder) {
      throw new IllegalArgumentException("method 4 and credentials psk go together: " + shape.id());
    }
    return new Sides(primitives, method, CipherSuites.standard().require(shape.suite()));
  }

  /**
   * The settings of both sides.
   *
   * @param initiator of the initiator
   * @param responder of the responder
   */
  record Both(EdhocSettings initiator, EdhocSettings responder) {}

  /** With fresh credentials of the forms of {@code shape}. */
  Both fresh(EdhocShape shape, RandomSource random) {
    if (method == Method.PSK) {
      return shared(random);
    }
    CredentialMill mill = new CredentialMill(primitives, random);
    return of(
        shape,
        made(mill, Role.INITIATOR, shape.initiator()),
        made(mill, Role.RESPONDER, shape.responder()));
  }

  private BenchIdentity made(CredentialMill mill, Role role, CredentialForm form) {
    BenchIdentity identity = mill.make(role, form, method.of(role), suite);
    var unused = closing(identity.key());
    return identity;
  }

  private Both shared(RandomSource random) {
    try (SecretBytes key = SecretBytes.random(PskCredential.LEAST_OCTETS, random)) {
      return new Both(shared(key, "device", "network"), shared(key, "network", "device"));
    }
  }

  private EdhocSettings shared(SecretBytes key, String own, String peer) {
    PskCredential credential =
        closing(PskCredential.external(PSK_KID, key, own, peer, suite.hash()));
    return builder().psks(PskStore.of(credential)).build();
  }

  /**
   * With these identities.
   *
   * @throws MeasurementFailure when a key cannot be used
   * @throws IllegalArgumentException when a key is not for the method and the suite
   */
  Both of(EdhocShape shape, BenchIdentity initiator, BenchIdentity responder) {
    try {
      return new Both(
          settings(Role.INITIATOR, initiator, responder.credential()),
          settings(Role.RESPONDER, responder, initiator.credential()));
    } catch (CoseException unusable) {
      throw new MeasurementFailure(shape.id(), "preparing the keys", unusable);
    }
  }

  private EdhocSettings settings(Role role, BenchIdentity own, Credential peer)
      throws CoseException {
    Identity identity = identity(own);
    if (!identity.fits(method.of(role), suite)) {
      throw new IllegalArgumentException(
          "method %d with suite %d needs another key of the %s than one of %s for %s"
              .formatted(
                  method.value(),
                  suite.value(),
                  role.name().toLowerCase(Locale.ROOT),
                  own.credential().key().curve(),
                  own.use()));
    }
    return builder()
        .identities(identity)
        .peers(PinnedCredentials.of(primitives.symmetric(), peer))
        .build();
  }

  private <T extends AutoCloseable> T closing(T key) {
    keys.push(key);
    return key;
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
