package dev.moat.cost.study;

import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Begins;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.EdhocShape.PathForm;
import java.util.List;

/**
 * The exchanges that the requirements speak of: short path, combined request, begun by the device.
 */
public final class Shapes {
  private static final int P256 = 2;

  /** Raw public keys by reference, static Diffie-Hellman on both sides: the smallest. */
  public static final EdhocShape SMALLEST = of(3, CredentialForm.KID, CredentialForm.KID, P256);

  /** Certificates by reference, static Diffie-Hellman. */
  public static final EdhocShape CERTIFICATES = of(3, CredentialForm.X5T, CredentialForm.X5T, P256);

  /** Raw public keys by value, as small as they get. */
  public static final EdhocShape KEYS_BY_VALUE =
      of(3, CredentialForm.KCCS, CredentialForm.KCCS, P256);

  /** Raw public keys by value, of the size of those of RFC 9529. */
  public static final EdhocShape LONG_KEYS_BY_VALUE =
      of(3, CredentialForm.KCCS_LONG, CredentialForm.KCCS_LONG, P256);

  /** The initiator signs, and shows a certificate by reference. */
  public static final EdhocShape INITIATOR_SIGNS =
      of(1, CredentialForm.X5T, CredentialForm.KID, P256);

  /** The responder signs, and shows a certificate by reference. */
  public static final EdhocShape RESPONDER_SIGNS =
      of(2, CredentialForm.KID, CredentialForm.X5T, P256);

  /** Both sign, certificates by reference. */
  public static final EdhocShape BOTH_SIGN = of(0, CredentialForm.X5T, CredentialForm.X5T, P256);

  /** Both sign, raw public keys by reference. */
  public static final EdhocShape BOTH_SIGN_KEYS =
      of(0, CredentialForm.KID, CredentialForm.KID, P256);

  /** A pre-shared key. */
  public static final EdhocShape SHARED_KEY = of(4, CredentialForm.PSK, CredentialForm.PSK, P256);

  private Shapes() {}

  /** What every study has. */
  public static List<EdhocShape> all() {
    return List.of(
        SMALLEST,
        withPath(SMALLEST, PathForm.DEFAULT),
        withFlow(SMALLEST, Flow.SEQUENTIAL),
        begunBy(SMALLEST, Begins.NETWORK),
        CERTIFICATES,
        KEYS_BY_VALUE,
        LONG_KEYS_BY_VALUE,
        INITIATOR_SIGNS,
        RESPONDER_SIGNS,
        BOTH_SIGN,
        BOTH_SIGN_KEYS,
        SHARED_KEY);
  }

  /** This one at another resource. */
  public static EdhocShape withPath(EdhocShape shape, PathForm path) {
    return new EdhocShape(
        shape.method(),
        shape.initiator(),
        shape.responder(),
        shape.suite(),
        path,
        shape.flow(),
        shape.begins());
  }

  /** This one with another flow of the first request. */
  public static EdhocShape withFlow(EdhocShape shape, Flow flow) {
    return new EdhocShape(
        shape.method(),
        shape.initiator(),
        shape.responder(),
        shape.suite(),
        shape.path(),
        flow,
        shape.begins());
  }

  /** This one begun by the other side; what the network begins has no combined request. */
  public static EdhocShape begunBy(EdhocShape shape, Begins begins) {
    Flow flow = begins == Begins.NETWORK ? Flow.SEQUENTIAL : shape.flow();
    return new EdhocShape(
        shape.method(),
        shape.initiator(),
        shape.responder(),
        shape.suite(),
        shape.path(),
        flow,
        begins);
  }

  private static EdhocShape of(
      int method, CredentialForm initiator, CredentialForm responder, int suite) {
    return new EdhocShape(
        method, initiator, responder, suite, PathForm.SHORT, Flow.COMBINED, Begins.DEVICE);
  }
}
