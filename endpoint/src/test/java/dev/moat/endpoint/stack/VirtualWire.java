package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.engine.Output;
import dev.moat.engine.resource.Router;
import dev.moat.testkit.InsecureSeededRandom;
import dev.moat.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Endpoints in virtual time, on a wire without delay, and whoever sits in the middle of it. */
final class VirtualWire {
  static final Peer CLIENT = Peer.of(Bytes.of(192, 0, 2, 1), 40_001);
  static final Peer SERVER = Peer.of(Bytes.of(192, 0, 2, 2), 5683);

  final VirtualClock clock = new VirtualClock(0);
  final List<Event> events = new ArrayList<>();

  /** Everything that was sent, before anyone in the middle saw it. */
  final List<Packet> sent = new ArrayList<>();

  private final Map<Peer, Node> nodes = new HashMap<>();
  private final Queue<Packet> underWay = new ArrayDeque<>();
  private Function<Packet, List<Packet>> middle = List::of;
  private int seed;

  /** What travels. */
  record Packet(Peer from, Peer to, Bytes datagram) {
    Message message() {
      try {
        return UdpCodec.decode(datagram);
      } catch (MessageFormatException malformed) {
        throw new AssertionError(malformed);
      }
    }

    Packet with(Message other) {
      return new Packet(from, to, UdpCodec.encode(other));
    }
  }

  /** Takes datagrams. */
  interface Node {
    void receive(Packet packet, VirtualWire wire);
  }

  Stack stack(Peer at, StackConfig config, Router router) {
    Stack stack = Stack.of(config, router, new InsecureSeededRandom(++seed), events::add);
    attach(at, new StackNode(at, stack));
    return stack;
  }

  void attach(Peer at, Node node) {
    nodes.put(at, node);
  }

  /** What becomes of each packet from now on. */
  void middle(Function<Packet, List<Packet>> becomes) {
    middle = becomes;
  }

  void send(Packet packet) {
    sent.add(packet);
    underWay.addAll(middle.apply(packet));
  }

  CompletionStage<Outcome> request(Stack stack, Request request) {
    CompletionStage<Outcome> outcome = stack.request(request, clock.nowNanos());
    settle();
    return outcome;
  }

  /** Delivers what is under way, until nothing is. */
  void settle() {
    drain();
    for (Packet next = underWay.poll(); next != null; next = underWay.poll()) {
      Node node = nodes.get(next.to());
      if (node != null) {
        node.receive(next, this);
      }
      drain();
    }
  }

  /** Lets time pass, deadline by deadline. */
  void pass(Duration duration) {
    long end = clock.nowNanos() + duration.toNanos();
    for (long next = nextNanos(); next <= end; next = nextNanos()) {
      clock.advanceTo(next);
      for (Node node : List.copyOf(nodes.values())) {
        if (node instanceof StackNode there) {
          there.stack.onTimeout(clock.nowNanos());
        }
      }
      settle();
    }
    clock.advanceTo(end);
  }

  private long nextNanos() {
    return nodes.values().stream()
        .filter(StackNode.class::isInstance)
        .mapToLong(node -> ((StackNode) node).stack.nextTimeoutNanos())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void drain() {
    for (Node node : List.copyOf(nodes.values())) {
      if (node instanceof StackNode there) {
        there.drain(this);
      }
    }
  }

  private record StackNode(Peer at, Stack stack) implements Node {
    @Override
    public void receive(Packet packet, VirtualWire wire) {
      stack.onDatagram(packet.from(), packet.datagram(), false, wire.clock.nowNanos());
    }

    private void drain(VirtualWire wire) {
      for (Output.Transmit t = stack.pollTransmit(); t != null; t = stack.pollTransmit()) {
        wire.send(new Packet(at, t.to(), t.datagram()));
      }
    }
  }
}
