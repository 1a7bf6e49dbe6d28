package dev.moat.conformance.crash;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.Stack;
import dev.moat.engine.Output;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.VirtualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Stacks in virtual time, on a wire that loses, doubles and reorders datagrams. */
final class LossyWire {
  private static final int LOST_PERCENT = 15;
  private static final int DOUBLED_PERCENT = 15;

  /** Above the first retransmission timeout, so that copies and originals overtake each other. */
  private static final int MOST_DELAY_MILLIS = 4_000;

  private final Arbitrary arbitrary;
  private final VirtualClock clock = new VirtualClock();
  private final Map<Peer, Stack> stacks = new HashMap<>();
  private final PriorityQueue<UnderWay> underWay =
      new PriorityQueue<>(Comparator.comparingLong(UnderWay::arrivalNanos));

  LossyWire(Arbitrary arbitrary) {
    this.arbitrary = arbitrary;
  }

  long nowNanos() {
    return clock.nowNanos();
  }

  /** Puts a stack in the place of the one that was at this address; that one hears nothing more. */
  void attach(Peer at, Stack stack) {
    stacks.put(at, stack);
  }

  /** Takes up what the stacks have to send. */
  void drain() {
    stacks.forEach(this::drain);
  }

  private void drain(Peer from, Stack stack) {
    Output.Transmit next = stack.pollTransmit();
    while (next != null) {
      send(from, next);
      next = stack.pollTransmit();
    }
  }

  private void send(Peer from, Output.Transmit transmit) {
    int copies = arbitrary.chance(LOST_PERCENT) ? 0 : arbitrary.chance(DOUBLED_PERCENT) ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      long delay = Duration.ofMillis(arbitrary.between(0, MOST_DELAY_MILLIS)).toNanos();
      underWay.add(new UnderWay(nowNanos() + delay, from, transmit.to(), transmit.datagram()));
    }
  }

  /** Lets time pass: arrivals and timeouts, one by one. */
  void pass(Duration duration) {
    long end = nowNanos() + duration.toNanos();
    drain();
    for (long next = nextNanos(); next <= end; next = nextNanos()) {
      clock.advanceTo(Math.max(next, nowNanos()));
      deliver();
      List.copyOf(stacks.values()).forEach(stack -> stack.onTimeout(nowNanos()));
      drain();
    }
    clock.advanceTo(end);
  }

  private void deliver() {
    while (!underWay.isEmpty() && underWay.peek().arrivalNanos() <= nowNanos()) {
      UnderWay arrived = underWay.remove();
      stacks.get(arrived.to()).onDatagram(arrived.from(), arrived.datagram(), false, nowNanos());
      drain();
    }
  }

  private long nextNanos() {
    long arrival = underWay.isEmpty() ? Long.MAX_VALUE : underWay.peek().arrivalNanos();
    return stacks.values().stream().mapToLong(Stack::nextTimeoutNanos).reduce(arrival, Math::min);
  }

  private record UnderWay(long arrivalNanos, Peer from, Peer to, Bytes datagram) {}
}
