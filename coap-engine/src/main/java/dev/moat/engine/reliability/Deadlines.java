package dev.moat.engine.reliability;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All deadlines of one engine: a binary heap in which each deadline knows its place.
 *
 * <p>Clearing removes at once, so the heap is never larger than what is really pending; a deadline
 * that was set lately sits near the bottom, which makes setting and clearing it a few steps
 * whatever the size. Times are exact and compared by subtraction.
 */
public final class Deadlines {
  private @Nullable Deadline[] heap = new @Nullable Deadline[16];
  private int size;

  /** None. */
  public Deadlines() {}

  /** Sets {@code deadline}, or moves it when it is set already. */
  public void set(Deadline deadline, long atNanos) {
    if (deadline.isSet()) {
      clear(deadline);
    }
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    deadline.atNanos = atNanos;
    rise(deadline, size++);
  }

  /** Makes sure that {@code deadline} will not expire. */
  public void clear(Deadline deadline) {
    int hole = deadline.place;
    if (hole < 0) {
      return;
    }
    deadline.place = -1;
    size--;
    Deadline last = at(size);
    heap[size] = null;
    if (last != deadline) {
      sink(last, hole);
      rise(last, last.place);
    }
  }

  /** When the first one expires; {@link Long#MAX_VALUE} when none is set. */
  public long nextNanos() {
    if (size == 0) {
      return Long.MAX_VALUE;
    }
    return Math.min(at(0).atNanos, Long.MAX_VALUE - 1);
  }

  /** Number of deadlines that are set. */
  public int size() {
    return size;
  }

  /** Lets everything expire that is due at {@code nowNanos}, earliest first. */
  public void expire(long nowNanos) {
    while (size > 0 && at(0).atNanos - nowNanos <= 0) {
      Deadline due = at(0);
      clear(due);
      due.expired(nowNanos);
    }
  }

  private Deadline at(int place) {
    Deadline deadline = heap[place];
    if (deadline == null) {
      throw new IllegalStateException("no deadline at place " + place + " of " + size);
    }
    return deadline;
  }

  private void rise(Deadline deadline, int from) {
    int place = from;
    while (place > 0) {
      Deadline parent = at((place - 1) / 2);
      if (parent.atNanos - deadline.atNanos <= 0) {
        break;
      }
      put(parent, place);
      place = (place - 1) / 2;
    }
    put(deadline, place);
  }

  private void sink(Deadline deadline, int from) {
    int place = from;
    int child = 2 * place + 1;
    while (child < size) {
      if (child + 1 < size && at(child + 1).atNanos - at(child).atNanos < 0) {
        child++;
      }
      if (deadline.atNanos - at(child).atNanos <= 0) {
        break;
      }
      put(at(child), place);
      place = child;
      child = 2 * place + 1;
    }
    put(deadline, place);
  }

  private void put(Deadline deadline, int place) {
    heap[place] = deadline;
    deadline.place = place;
  }
}
