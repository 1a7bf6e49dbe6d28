package dev.moat.foe.net;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.foe.field.Field;
import dev.moat.foe.field.Party;
import dev.moat.foe.field.Tap;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A field in virtual time: client, Foe and server at addresses of their own, each link with the
 * same latency.
 */
public final class VirtualField implements Field {
  private static final Peer CLIENT = Peer.of(Bytes.of(10, 0, 0, 1), 50_001);
  private static final Peer OTHER = Peer.of(Bytes.of(10, 0, 0, 3), 50_003);
  private static final Peer SERVER = Peer.of(Bytes.of(10, 0, 0, 2), 5683);
  private static final Peer FRONT = Peer.of(Bytes.of(10, 0, 0, 66), 5683);
  private static final Peer BACK = Peer.of(Bytes.of(10, 0, 0, 66), 40_000);
  private static final Peer VICTIM = Peer.of(Bytes.of(10, 0, 0, 99), 40_404);

  private final VirtualNetwork network;
  private final Map<Step.Caller, Party> callers = new EnumMap<>(Step.Caller.class);
  private final double metres;

  /**
   * An empty field.
   *
   * @param latency of each of the two links between client, Foe and server
   * @param metres the bound on distance that clients ask for
   */
  public VirtualField(Duration latency, double metres) {
    this.network = new VirtualNetwork(latency.toNanos());
    this.metres = metres;
  }

  @Override
  public Transport transport() {
    return Transport.VIRTUAL;
  }

  @Override
  public long nowNanos() {
    return network.nowNanos();
  }

  @Override
  public void open(Endpoints endpoints, Tap tap) {
    attach(CLIENT, Step.Caller.CLIENT, endpoints.client());
    attach(OTHER, Step.Caller.OTHER, endpoints.other());
    var unused = network.attach(SERVER, gate -> endpoints.server().open(gate).datagrams());
    network.receiveAt(FRONT, (from, datagram) -> tap.onDatagram(Direction.TO_SERVER, datagram));
    network.receiveAt(BACK, (from, datagram) -> tap.onDatagram(Direction.TO_CLIENT, datagram));
    network.receiveAt(VICTIM, (from, datagram) -> tap.onVictimDatagram(datagram));
  }

  private void attach(Peer address, Step.Caller caller, Party.Opening opening) {
    var unused =
        network.attach(
            address,
            gate -> {
              Party party = opening.open(gate);
              callers.put(caller, party);
              return party.datagrams();
            });
  }

  @Override
  public void call(Step.Caller caller, Function<Peer, Request> request, Consumer<Ended> ended) {
    Party party = party(caller);
    network.inside(
        addressOf(caller),
        () -> {
          long start = nowNanos();
          var unused =
              party
                  .calls()
                  .request(request.apply(serverOf(caller)), start)
                  .thenAccept(outcome -> report(ended, new Ended(outcome, nowNanos() - start)));
        });
  }

  @Override
  public void prepare(Step.Caller caller, Consumer<Boolean> ready) {
    Party party = party(caller);
    network.inside(
        addressOf(caller),
        () -> {
          var unused =
              party
                  .calls()
                  .prepare(serverOf(caller), nowNanos())
                  .thenAccept(is -> report(ready, is));
        });
  }

  @Override
  public void renew(Step.Caller caller, Consumer<Boolean> ready) {
    network.after(0, () -> ready.accept(true));
  }

  @Override
  public boolean isThroughFoe(Peer peer) {
    return peer.equals(BACK);
  }

  private Party party(Step.Caller caller) {
    Party party = callers.get(caller);
    if (party == null) {
      throw new IllegalStateException("the field is not open");
    }
    return party;
  }

  private static Peer addressOf(Step.Caller caller) {
    return caller == Step.Caller.CLIENT ? CLIENT : OTHER;
  }

  /** Where the caller believes the server to be. */
  private static Peer serverOf(Step.Caller caller) {
    return caller == Step.Caller.CLIENT ? FRONT : SERVER;
  }

  /** Not inside the stack that is just telling: whoever is told may call it again. */
  private <T> void report(Consumer<T> told, T what) {
    network.after(0, () -> told.accept(what));
  }

  @Override
  public void inRun(Runnable action) {
    action.run();
  }

  @Override
  public void run(BooleanSupplier finished, Duration limit) {
    var unused = network.run(finished, limit.toNanos());
  }

  @Override
  public Duration worstLag() {
    return Duration.ZERO;
  }

  @Override
  public OptionalDouble proximityMetres() {
    return OptionalDouble.of(metres);
  }

  @Override
  public void deliver(Direction direction, Bytes datagram) {
    if (direction == Direction.TO_SERVER) {
      network.send(BACK, SERVER, datagram);
    } else {
      network.send(FRONT, CLIENT, datagram);
    }
  }

  @Override
  public void deliverAsVictim(Bytes datagram) {
    network.send(VICTIM, SERVER, datagram);
  }

  @Override
  public void later(Duration time, Runnable action) {
    network.after(time.toNanos(), action);
  }

  @Override
  public void close() {
    callers.clear();
  }
}
