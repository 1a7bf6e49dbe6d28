package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Outcome;
import dev.moat.cose.CoseException;
import dev.moat.cost.exchange.CredentialForm;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.EdhocShape.Flow;
import dev.moat.cost.exchange.ExchangeMessage;
import dev.moat.cost.exchange.Origin;
import dev.moat.cost.exchange.Protocol;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.endpoint.CoapClient;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs EDHOC over CoAP and UDP between a client and a server of this stack, with the first request
 * under OSCORE behind it, and records every datagram. Thread-safe.
 *
 * <p>Timers are so long that nothing is sent twice on a busy machine, and no address is asked to
 * prove itself, as in a network where nobody can claim another's: see {@link #provingAddresses}.
 * Otherwise both ends are as applications get them.
 */
public final class EdhocBench {
  private static final long PATIENCE_SECONDS = 25;

  /** As in the draft's test vectors: two octets, so that no integer stands for it. */
  private static final Bytes PSK_KID = Bytes.of(0x00, 0x10);

  private final Primitives primitives;
  private final RandomSource random;
  private final boolean provesAddresses;

  /** With the fastest primitives there are. */
  public EdhocBench() {
    this(PrimitivesChoice.best(), new SecureRandom()::nextBytes, false);
  }

  /** With these primitives, which may count; {@code random} makes the credentials. */
  public EdhocBench(Primitives primitives, RandomSource random) {
    this(primitives, random, false);
  }

  private EdhocBench(Primitives primitives, RandomSource random, boolean provesAddresses) {
    this.primitives = primitives;
    this.random = random;
    this.provesAddresses = provesAddresses;
  }

  /**
   * This, with the server's limits on what goes to unproven addresses on, as they are by default
   * (RFC 9175, Section 2.4): a long message_2 then costs a challenge and another message_1.
   */
  public EdhocBench provingAddresses() {
    return new EdhocBench(primitives, random, true);
  }

  /**
   * Runs an exchange with fresh credentials.
   *
   * @throws MeasurementFailure when it does not come to its end, or other messages were sent than
   *     the shape has
   * @throws IllegalArgumentException for a shape that there is not, such as method 3 with PSK
   */
  public RecordedExchange run(EdhocShape shape) {
    try (Sides sides = sides(shape)) {
      return shape.method() == Method.PSK.value() ? runPsk(shape, sides) : runKeys(shape, sides);
    }
  }

  /**
   * Runs an exchange with credentials of the caller's; the forms of {@code shape} are not looked
   * at.
   *
   * @throws MeasurementFailure as {@link #run(EdhocShape)}, and for keys that cannot be used
   * @throws IllegalArgumentException when a key is not for the method and suite of the shape
   */
  public RecordedExchange run(EdhocShape shape, BenchIdentity initiator, BenchIdentity responder) {
    try (Sides sides = sides(shape)) {
      return run(shape, sides, initiator, responder);
    }
  }

  private Sides sides(EdhocShape shape) {
    Method method =
        Method.of(shape.method())
            .orElseThrow(() -> new IllegalArgumentException("no method " + shape.method()));
    boolean shared =
        shape.initiator() == CredentialForm.PSK && shape.responder() == CredentialForm.PSK;
    boolean mixed =
        shape.initiator() == CredentialForm.PSK || shape.responder() == CredentialForm.PSK;
    if (method == Method.PSK ? !shared : mixed) {
      throw new IllegalArgumentException("method 4 and credentials psk go together: " + shape.id());
    }
    return new Sides(primitives, method, CipherSuites.standard().require(shape.suite()));
  }

  private RecordedExchange runKeys(EdhocShape shape, Sides sides) {
    CredentialMill mill = new CredentialMill(primitives, random);
    return run(
        shape,
        sides,
        made(mill, Role.INITIATOR, shape.initiator(), sides),
        made(mill, Role.RESPONDER, shape.responder(), sides));
  }

  private static BenchIdentity made(
      CredentialMill mill, Role role, CredentialForm form, Sides sides) {
    BenchIdentity identity = mill.make(role, form, sides.method().of(role), sides.suite());
    var unused = sides.closing(identity.key());
    return identity;
  }

  private RecordedExchange run(
      EdhocShape shape, Sides sides, BenchIdentity initiator, BenchIdentity responder) {
    try {
      return run(
          shape,
          sides.settings(Role.INITIATOR, initiator, responder.credential()),
          sides.settings(Role.RESPONDER, responder, initiator.credential()));
    } catch (CoseException unusable) {
      throw new MeasurementFailure(shape.id(), "preparing keys", unusable);
    }
  }

  private RecordedExchange runPsk(EdhocShape shape, Sides sides) {
    try (SecretBytes key = SecretBytes.random(PskCredential.LEAST_OCTETS, random)) {
      return run(
          shape,
          sides.settings(shared(key, "device", "network", sides)),
          sides.settings(shared(key, "network", "device", sides)));
    }
  }

  private static PskCredential shared(SecretBytes key, String own, String peer, Sides sides) {
    return sides.closing(PskCredential.external(PSK_KID, key, own, peer, sides.suite().hash()));
  }

  private RecordedExchange run(EdhocShape shape, EdhocSettings initiator, EdhocSettings responder) {
    EdhocRig.Options options = new EdhocRig.Options(1, provesAddresses);
    try (EdhocRig rig = new EdhocRig(shape, options, initiator, responder);
        CoapClient client = rig.client()) {
      RecordedPath way = rig.way();
      await(shape, rig.ask(client, way));
      return recorded(shape, way);
    }
  }

  private static void await(EdhocShape shape, CompletionStage<Outcome> stage) {
    try {
      Outcome outcome = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String why =
          outcome.fold(
              responded ->
                  responded.response().payload().equals(EdhocRig.CONTENT)
                      ? ""
                      : "an answer of code " + responded.response().code(),
              undelivered -> "not sent: " + undelivered.cause() + undelivered.reason().orElse(""),
              unknown -> "no answer: " + unknown.doubt());
      if (!why.isEmpty()) {
        throw new MeasurementFailure(shape.id(), "handshake and first request", why);
      }
    } catch (ExecutionException failed) {
      throw new MeasurementFailure(shape.id(), "handshake and first request", failed);
    } catch (TimeoutException late) {
      throw new MeasurementFailure(
          shape.id(), "handshake and first request", "not over after " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new MeasurementFailure(shape.id(), "handshake and first request", asked);
    }
  }

  private RecordedExchange recorded(EdhocShape shape, RecordedPath way) {
    try {
      List<ExchangeMessage> messages =
          ExchangeReader.read(way.recorded(), EdhocRig.clientIsDevice(shape));
      requireWhole(shape, messages);
      return new RecordedExchange(
          shape.id(),
          title(shape),
          Protocol.EDHOC,
          Origin.MEASURED,
          "sent over UDP in this run",
          Optional.of(shape),
          messages);
    } catch (IllegalStateException | IllegalArgumentException broken) {
      throw new MeasurementFailure(shape.id(), "reading the record", broken);
    }
  }

  /** Nothing is missing, nothing came twice, and nothing else was sent. */
  private static void requireWhole(EdhocShape shape, List<ExchangeMessage> messages) {
    List<String> expected = EdhocRig.messageNames(shape);
    List<String> sent = messages.stream().map(ExchangeMessage::name).toList();
    List<String> unchallenged = new ArrayList<>(sent);
    int challenge = unchallenged.indexOf(ExchangeReader.CHALLENGE);
    if (challenge > 0) { // with the request that it answers, which comes again
      unchallenged.subList(challenge - 1, challenge + 1).clear();
    }
    if (!unchallenged.equals(expected)) {
      throw new MeasurementFailure(
          shape.id(), "reading the record", "expected " + expected + ", but sent were " + sent);
    }
  }

  private static String title(EdhocShape shape) {
    String credentials =
        shape.initiator() == shape.responder()
            ? shape.initiator().toString()
            : shape.initiator() + "/" + shape.responder();
    return "EDHOC method %d, %s, suite %d, %s%s"
            .formatted(
                shape.method(),
                credentials,
                shape.suite(),
                shape.flow() == Flow.COMBINED ? "combined" : "sequential",
                shape.path() == EdhocShape.PathForm.SHORT ? ", short path" : ", default path")
        + (shape.begins() == EdhocShape.Begins.NETWORK ? ", network begins" : "");
  }
}
