package dev.moat.cost.measure;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Outcome;
import dev.moat.cost.exchange.EdhocShape;
import dev.moat.cost.exchange.RecordedExchange;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.endpoint.CoapClient;
import java.security.SecureRandom;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs EDHOC over CoAP and UDP between a client and a server of this stack, with the first request
 * under OSCORE behind it, and records every datagram. Thread-safe.
 *
 * <p>Timers are so long that nothing is sent twice on a busy machine, and no address is asked to
 * prove itself, as in a network where nobody can claim another's: see {@link #provingAddresses}.
 * Otherwise both ends are as applications get them.
 */
public final class EdhocBench {
  private static final int MAX_PARALLEL = 200;

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
   * (RFC 9175, Section 2.4): a long message_2 then costs a challenge and another message_1. One
   * that is not quite so long goes out in blocks, which are not read here: such a run fails.
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
    return onRig(shape, 1, rig -> once(shape, rig));
  }

  /**
   * Runs an exchange with credentials of the caller's; the forms of {@code shape} only name it.
   *
   * @throws MeasurementFailure as {@link #run(EdhocShape)}, and for keys that cannot be used
   * @throws IllegalArgumentException when a key is not for the method and suite of the shape
   */
  public RecordedExchange run(EdhocShape shape, BenchIdentity initiator, BenchIdentity responder) {
    try (Sides sides = Sides.open(shape, primitives)) {
      return onRig(shape, 1, sides.of(shape, initiator, responder), rig -> once(shape, rig));
    }
  }

  /**
   * Begins {@code handshakes} of them at once, interleaved by one client and one server, each from
   * an address of its own; all devices have the same credential, which does not change a length.
   *
   * @throws MeasurementFailure when one of them fails
   * @throws IllegalArgumentException unless 1 to 200 are asked for
   */
  public ParallelRun parallel(EdhocShape shape, int handshakes) {
    if (handshakes < 1 || handshakes > MAX_PARALLEL) {
      throw new IllegalArgumentException(
          "1 to " + MAX_PARALLEL + " handshakes in parallel, not " + handshakes);
    }
    return onRig(shape, handshakes, rig -> interleaved(shape, rig, handshakes));
  }

  /**
   * Runs an exchange, takes from the device all it had but its credential, and runs another with
   * the same server.
   *
   * @throws MeasurementFailure as {@link #run(EdhocShape)}
   * @throws IllegalArgumentException when the device would be the CoAP server, which this does not
   *     restart: where the network begins a combined exchange
   */
  public RebootRun reboot(EdhocShape shape) {
    if (!EdhocRig.clientIsDevice(shape)) {
      throw new IllegalArgumentException("only a device that is the CoAP client is restarted");
    }
    return onRig(shape, 2, rig -> new RebootRun(once(shape, rig), once(shape, rig)));
  }

  private <T> T onRig(EdhocShape shape, int handshakes, Function<EdhocRig, T> run) {
    try (Sides sides = Sides.open(shape, primitives)) {
      return onRig(shape, handshakes, sides.fresh(shape, random), run);
    }
  }

  private <T> T onRig(
      EdhocShape shape, int handshakes, Sides.Both both, Function<EdhocRig, T> run) {
    EdhocRig.Options options = new EdhocRig.Options(handshakes, provesAddresses);
    try (EdhocRig rig = new EdhocRig(shape, options, both)) {
      return run.apply(rig);
    }
  }

  /** With a client of its own, which has no memory of another. */
  private static RecordedExchange once(EdhocShape shape, EdhocRig rig) {
    RecordedPath way = rig.way();
    try (CoapClient client = rig.client()) {
      rig.run(client, way);
    }
    return EdhocRecord.of(shape, way);
  }

  private static ParallelRun interleaved(EdhocShape shape, EdhocRig rig, int handshakes) {
    List<RecordedPath> ways = Stream.generate(rig::way).limit(handshakes).toList();
    try (CoapClient client = rig.client()) {
      long start = System.nanoTime();
      List<CompletionStage<Outcome>> begun =
          ways.stream().map(way -> rig.begin(client, way)).toList();
      begun.forEach(rig::finish);
      long wallNanos = System.nanoTime() - start;
      return new ParallelRun(
          shape,
          ways.stream().map(way -> EdhocRecord.of(shape, way)).toList(),
          wallNanos,
          mostUnderWay(ways));
    }
  }

  /** The most that overlap, from the first datagram to the last of each. */
  private static int mostUnderWay(List<RecordedPath> ways) {
    NavigableMap<Long, Integer> changes = new TreeMap<>();
    for (RecordedPath way : ways) {
      List<RecordedDatagram> all = way.recorded();
      var unused = changes.merge(all.get(0).nanos(), 1, Integer::sum);
      var unusedToo = changes.merge(all.get(all.size() - 1).nanos(), -1, Integer::sum);
    }
    int now = 0;
    int most = 0;
    for (int change : changes.values()) {
      now += change;
      most = Math.max(most, now);
    }
    return most;
  }
}
