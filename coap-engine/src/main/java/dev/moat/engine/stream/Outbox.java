package dev.moat.engine.stream;

import dev.moat.bytes.Bytes;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one connection that wait until they may leave, in their order. Bounds are the owner's
 * business.
 *
 * @param <T> whose fate hangs on a message
 */
public final class Outbox<T> {
  private final Queue<Waiting<T>> queue = new ArrayDeque<>(0);
  private int octets;

  /** Nothing waits. */
  public Outbox() {}

  /** Adds a message as the last. */
  public void add(Bytes message, Optional<T> owner) {
    queue.add(new Waiting<>(message, owner));
    octets += message.length();
  }

  /** Takes the first message, or gives null when nothing waits. */
  public @Nullable Waiting<T> poll() {
    Waiting<T> first = queue.poll();
    if (first != null) {
      octets -= first.message.length();
    }
    return first;
  }

  /** Removes the message of {@code owner}; gives how many octets less are waiting now. */
  public int remove(T owner) {
    int before = octets;
    queue.removeIf(
        waiting -> {
          boolean his = waiting.owner.isPresent() && waiting.owner.get() == owner;
          octets -= his ? waiting.message.length() : 0;
          return his;
        });
    return before - octets;
  }

  /** Removes everything; gives how many octets that was. */
  public int clear() {
    int before = octets;
    queue.clear();
    octets = 0;
    return before;
  }

  /** True when nothing waits. */
  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Octets that wait. */
  public int octets() {
    return octets;
  }

  /**
   * A message that waits.
   *
   * @param <T> whose fate hangs on it
   */
  public record Waiting<T>(Bytes message, Optional<T> owner) {}
}
