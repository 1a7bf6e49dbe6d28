package dev.moat.cli.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.cli.console.Failure;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.measure.BenchIdentity;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.AuthenticationKind;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Two sides of a handshake that is measured with the user's own credentials: the first own identity
 * is the device's, which begins; the second is the network's, or one made for the run, named by
 * kid. Closing it erases the keys.
 */
public final class MeasuredSides implements AutoCloseable {
  private static final int PREFERRED_SUITE = 2;
  private static final Bytes MADE_KID = Bytes.of(0x2b);

  private final EdhocCredentials credentials;
  private final OwnIdentity initiator;
  private final OwnIdentity responder;
  private final CipherSuite suite;
  private final CredentialForm responderForm;

  private MeasuredSides(EdhocCredentials credentials) {
    List<OwnIdentity> own = credentials.identities();
    this.credentials = credentials;
    this.initiator = own.get(0);
    this.suite = suite(initiator);
    boolean both = own.size() > 1;
    this.responder = both ? own.get(1) : made(credentials, initiator.use(), suite);
    this.responderForm = both ? CredentialForm.OWN : CredentialForm.KID;
  }

  /**
   * Reads credentials files, as {@code moat edhoc run} reads them.
   *
   * @param insecureMode true to accept secrets in files that other users may read
   * @throws Failure when one cannot be used, or they have none or more than two own identities
   */
  public static MeasuredSides read(List<Path> files, boolean insecureMode) {
    EdhocCredentials all = CredentialsFiles.read(files, insecureMode).all();
    int count = all.identities().size();
    if (count < 1 || count > 2) {
      all.close();
      throw Failure.usage(
          "the credentials have " + count + " own identities",
          "Give the device's, and if it is to be another than one made for the run, the network's:"
              + " 'moat keygen NAME' makes them.");
    }
    return new MeasuredSides(all);
  }

  /** The device. */
  public BenchIdentity initiator() {
    return identity(initiator);
  }

  /** The network. */
  public BenchIdentity responder() {
    return identity(responder);
  }

  /**
   * The exchange that they make: method by what their keys are for, suite by the device's curve.
   *
   * @throws Failure when no method has both
   */
  public EdhocShape shape(PathForm path, Flow flow) {
    Method method =
        Arrays.stream(Method.values())
            .filter(one -> one != Method.PSK)
            .filter(one -> one.of(Role.INITIATOR) == initiator.use())
            .filter(one -> one.of(Role.RESPONDER) == responder.use())
            .findFirst()
            .orElseThrow();
    return new EdhocShape(
        method.value(),
        CredentialForm.OWN,
        responderForm,
        suite.value(),
        path,
        flow,
        Begins.DEVICE);
  }

  private static BenchIdentity identity(OwnIdentity own) {
    return new BenchIdentity(own.idCred(), own.credential(), own.key(), own.use());
  }

  private static OwnIdentity made(
      EdhocCredentials credentials, AuthenticationKind use, CipherSuite suite) {
    RandomSource random = new SecureRandom()::nextBytes;
    return new RunSide(credentials.primitives(), random, false)
        .of(Role.RESPONDER, "kid", use, suite, MADE_KID);
  }

  /** Suite 2 if it fits, else the first that does. */
  private static CipherSuite suite(OwnIdentity own) {
    CipherSuite preferred = CipherSuites.standard().require(PREFERRED_SUITE);
    return fits(own, preferred)
        ? preferred
        : CipherSuites.standard().all().stream()
            .filter(one -> fits(own, one))
            .findFirst()
            .orElseThrow(
                () ->
                    Failure.usage(
                        "no cipher suite of EDHOC has the curve of this key",
                        "Keys are of P-256, X25519, Ed25519, P-384, X448 or Ed448."));
  }

  private static boolean fits(OwnIdentity own, CipherSuite suite) {
    KeyCurve wanted =
        own.use() == AuthenticationKind.SIGNATURE
            ? KeyCurve.of(suite.signature())
            : KeyCurve.of(suite.curve());
    return own.key().publicKey().curve() == wanted;
  }

  @Override
  public void close() {
    credentials.close();
    if (responderForm == CredentialForm.KID) {
      responder.key().close();
    }
  }
}
