package dev.moat.endpoint.stack;

import dev.moat.bytes.Bytes;
import dev.moat.endpoint.stack.VirtualWire.Packet;
import dev.moat.testkit.Arbitrary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A random schedule of losses, delays, repetitions and changes of order; no key is known. */
final class Mischief {
  private final Arbitrary any;
  private final Map<Bytes, Fate> fates = new HashMap<>();
  private final List<Packet> held = new ArrayList<>();
  private int messageId = 50_000;

  private enum Fate {
    LOST,
    HELD,
    REPEATED,
    KEPT,
    DELIVERED
  }

  Mischief(Arbitrary any) {
    this.any = any;
  }

  /** What becomes of a packet: all copies of one ciphertext fare alike, or none would be lost. */
  List<Packet> befall(Packet packet) {
    if (packet.message().isEmpty()) {
      return List.of(packet);
    }
    // Not beside retransmissions: what is held until the client gives up is worth most.
    boolean first = !fates.containsKey(packet.message().payload());
    List<Packet> out = new ArrayList<>(first ? released() : List.of());
    Fate fate = fates.computeIfAbsent(packet.message().payload(), p -> any.pick(choices()));
    if (first && (fate == Fate.HELD || fate == Fate.KEPT)) {
      held.add(packet);
    }
    if (fate != Fate.LOST && fate != Fate.HELD) {
      out.add(packet);
    }
    if (fate == Fate.REPEATED) {
      out.add(CourtRig.under(messageId++, packet));
    }
    if (first) {
      out.addAll(released());
    }
    return out;
  }

  private static List<Fate> choices() {
    return List.of(
        Fate.LOST, Fate.HELD, Fate.HELD, Fate.REPEATED, Fate.KEPT, Fate.DELIVERED, Fate.DELIVERED);
  }

  /** Some of what was held back, mostly as a message that was never seen. */
  List<Packet> released() {
    if (held.isEmpty() || !any.chance(40)) {
      return List.of();
    }
    Packet packet = any.pick(held);
    if (any.chance(30)) {
      held.remove(packet);
    }
    return List.of(any.chance(75) ? CourtRig.under(messageId++, packet) : packet);
  }
}
