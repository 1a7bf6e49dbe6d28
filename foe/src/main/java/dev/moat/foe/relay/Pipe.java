package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * One direction of a connection through Foe. Units leave in the order in which they came, each once
 * Foe has delivered it: one that Foe holds stalls everything behind it, and one that it never
 * delivers has cut the direction for good. The end of the stream comes behind the last unit.
 */
final class Pipe {
  private static final int BUFFER_OCTETS = 16_384;
  private static final int MAX_WAITING_OCTETS = 1 << 20;

  private final Socket source;
  private final Socket target;
  private final Cutter cutter;
  private final Consumer<Bytes> tap;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_OCTETS);
  private final Deque<Unit> units = new ArrayDeque<>();
  private ByteBuffer leaving = ByteBuffer.allocate(0);
  private long waitingOctets;
  private boolean ended;

  /**
   * An empty one.
   *
   * @param tap is told of each unit that came
   */
  Pipe(Socket source, Socket target, Cutter cutter, Consumer<Bytes> tap) {
    this.source = source;
    this.target = target;
    this.cutter = cutter;
    this.tap = tap;
  }

  /** Octets have come, or the end of the stream. */
  void onReadable() {
    buffer.clear();
    int read = source.read(buffer);
    if (read == Socket.END) {
      source.reading(false);
      ended = true;
      flush();
    } else {
      cutter.cut(Bytes.copyOf(buffer.array(), 0, read)).forEach(this::onUnit);
    }
  }

  private void onUnit(Bytes octets) {
    units.add(new Unit(octets));
    waitingOctets += octets.length();
    // Beyond that the sender's own buffers fill up, as behind any reader that does not read.
    source.reading(waitingOctets <= MAX_WAITING_OCTETS);
    tap.accept(octets);
  }

  /** Takes {@code octets} for delivery; false when they are not waiting here. */
  boolean deliver(Bytes octets) {
    for (Unit unit : units) {
      if (!unit.due && unit.octets.equals(octets)) {
        unit.due = true;
        flush();
        return true;
      }
    }
    return false;
  }

  /** True when something that came has not left. */
  boolean isStalled() {
    return !units.isEmpty();
  }

  /** Sends what is due, until something is not or there is no room. */
  void flush() {
    while (!leaving.hasRemaining() && !units.isEmpty() && units.element().due) {
      Bytes octets = units.remove().octets;
      waitingOctets -= octets.length();
      leaving = ByteBuffer.wrap(octets.toArray());
      target.write(leaving);
    }
    if (leaving.hasRemaining()) {
      target.write(leaving);
    }
    if (ended && !isStalled() && !leaving.hasRemaining()) {
      target.end();
    }
  }

  /** A unit under way; {@code due} once Foe has delivered it. */
  private static final class Unit {
    private final Bytes octets;
    private boolean due;

    private Unit(Bytes octets) {
      this.octets = octets;
    }
  }
}
