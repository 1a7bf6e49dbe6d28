package dev.moat.foe.field;

import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.foe.attack.Wire;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Step;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Two endpoints with Foe between them, perhaps a second client off Foe's path, a victim, and time.
 */
public interface Field extends Wire, AutoCloseable {
  /** What carries messages here. */
  Transport transport();

  /** The run's monotonic clock. */
  long nowNanos();

  /** Opens the endpoints; their traffic goes through {@code tap}. */
  void open(Endpoints endpoints, Tap tap);

  /**
   * Makes a request and reports how it ended on the run's loop.
   *
   * @param request given the address at which the caller sees the server
   */
  void call(Step.Caller caller, Function<Peer, Request> request, Consumer<Ended> ended);

  /**
   * Lets a caller get what its requests need beforehand, such as a connection, a security
   * association and keys, and reports on the run's loop whether it has it.
   */
  void prepare(Step.Caller caller, Consumer<Boolean> ready);

  /**
   * The caller gives up a connection on which nothing arrives any more, and opens another; where
   * there are no connections, or this one is as good as new, nothing changes. Reports on the run's
   * loop whether its next requests can leave.
   */
  void renew(Step.Caller caller, Consumer<Boolean> ready);

  /** True when what {@code peer} says to the server, and is told by it, goes through Foe. */
  boolean isThroughFoe(Peer peer);

  /** Runs {@code action} on the run's loop, at once when called by it. */
  void inRun(Runnable action);

  /** Lets things happen until {@code finished} holds, but no longer than {@code limit}. */
  void run(BooleanSupplier finished, Duration limit);

  /** How much later than it wanted this field's loop came to its turn, at worst. */
  Duration worstLag();

  /**
   * The bound on distance that clients ask for here, in metres; empty when it has to be found by
   * measuring.
   */
  OptionalDouble proximityMetres();

  @Override
  void close();

  /** The endpoints of a run. */
  record Endpoints(Party.Opening client, Party.Opening other, Party.Opening server) {}

  /** How a request ended, and how long it took by the caller's clock. */
  record Ended(Outcome outcome, long tookNanos) {}
}
