package dev.moat.foe.net;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stack.DatagramProtocol;
import dev.moat.endpoint.stack.LoopGate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Endpoints, addresses and virtual time. Every datagram takes the network's latency; which are
 * lost, held or repeated is the business of whoever receives at an address.
 */
public final class VirtualNetwork {
  private static final int MAX_EVENTS = 1_000_000;

  private final long latencyNanos;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<Peer, Node> nodes = new LinkedHashMap<>();
  private final Map<Peer, Receiver> receivers = new HashMap<>();
  private long nowNanos;
  private long sequence;

  /** An empty network at time 0 whose datagrams take {@code latencyNanos}. */
  public VirtualNetwork(long latencyNanos) {
    this.latencyNanos = latencyNanos;
  }

  /** The time. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Attaches an endpoint. */
  public <P extends DatagramProtocol> P attach(Peer address, Function<LoopGate, P> opening) {
    Node node = new Node(address);
    P protocol = opening.apply(node);
    node.protocol = protocol;
    nodes.put(address, node);
    return protocol;
  }

  /** Gives whatever is sent to {@code address} to {@code receiver}. */
  public void receiveAt(Peer address, Receiver receiver) {
    receivers.put(address, receiver);
  }

  /** Sends a datagram; it is lost when nobody is at {@code to}. */
  public void send(Peer from, Peer to, Bytes datagram) {
    after(latencyNanos, () -> arrive(from, to, datagram));
  }

  private void arrive(Peer from, Peer to, Bytes datagram) {
    Receiver receiver = receivers.get(to);
    if (receiver != null) {
      receiver.onDatagram(from, datagram);
      return;
    }
    Node node = nodes.get(to);
    if (node != null) {
      node.protocol().onDatagram(from, datagram, false, nowNanos);
      node.drain();
    }
  }

  /**
   * Runs {@code action} after {@code nanos}; actions of the same moment run in the order of their
   * calls.
   */
  public void after(long nanos, Runnable action) {
    events.add(new Event(nowNanos + Math.max(0, nanos), sequence++, action));
  }

  /** Runs {@code task} inside the endpoint at {@code address}, and sends what it produced. */
  public void inside(Peer address, Runnable task) {
    Node node = nodes.get(address);
    if (node == null) {
      throw new IllegalArgumentException("nobody is at " + address);
    }
    node.execute(task);
  }

  /**
   * Lets time pass until {@code finished} holds.
   *
   * @param limitNanos how much time may pass at most
   * @return true when {@code finished} holds
   */
  public boolean run(BooleanSupplier finished, long limitNanos) {
    long endNanos = nowNanos + limitNanos;
    for (int i = 0; i < MAX_EVENTS && !finished.getAsBoolean(); i++) {
      if (!step(endNanos)) {
        nowNanos = endNanos;
        break;
      }
    }
    return finished.getAsBoolean();
  }

  private boolean step(long endNanos) {
    Event event = events.peek();
    Node due = null;
    long next = event == null ? Long.MAX_VALUE : event.nanos;
    for (Node node : nodes.values()) {
      long timeout = node.protocol().nextTimeoutNanos();
      if (timeout < next) {
        next = timeout;
        due = node;
      }
    }
    if (next == Long.MAX_VALUE || next > endNanos) {
      return false;
    }
    nowNanos = Math.max(nowNanos, next);
    if (due != null) {
      due.execute(() -> {});
    } else if (event != null) {
      events.remove(event);
      event.action.run();
    }
    return true;
  }

  /** Takes what is sent to an address. */
  @FunctionalInterface
  public interface Receiver {
    /** A datagram arrived. */
    void onDatagram(Peer from, Bytes datagram);
  }

  private record Event(long nanos, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** An endpoint at its address; tasks of other events enter it with the right time. */
  private final class Node implements LoopGate {
    private final Peer address;
    private @org.jspecify.annotations.Nullable DatagramProtocol protocol;

    Node(Peer address) {
      this.address = address;
    }

    DatagramProtocol protocol() {
      DatagramProtocol attached = protocol;
      if (attached == null) {
        throw new IllegalStateException("used before it was attached");
      }
      return attached;
    }

    @Override
    public boolean isOwner() {
      return true;
    }

    @Override
    public void execute(Runnable task) {
      protocol().onTimeout(nowNanos);
      task.run();
      drain();
    }

    void drain() {
      protocol().drainTo((to, datagram) -> send(address, to, datagram));
    }
  }
}
