package dev.moat.endpoint.stream;

import dev.moat.coap.service.EventSink;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thing happen to the protocol after another. Netty reports some of what a write or a
 * close brings about from within that call, while the protocol is still in the middle of something:
 * such a report waits for its turn. Owned by one loop.
 */
final class Turns {
  private final EventSink events;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;

  Turns(EventSink events) {
    this.events = events;
  }

  /**
   * Runs {@code task}, now or when what is going on has ended. A fault is reported and costs {@code
   * link}, of which it is no longer known where its messages begin.
   */
  void run(String what, @Nullable Link link, Runnable task) {
    if (busy) {
      waiting.add(() -> runNow(what, link, task));
      return;
    }
    runNow(what, link, task);
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }

  private void runNow(String what, @Nullable Link link, Runnable task) {
    busy = true;
    try {
      task.run();
    } catch (RuntimeException | StackOverflowError fault) {
      events.emit(StreamEvent.LoopFault.of(what, fault));
      if (link != null) {
        link.abort();
      }
    } finally {
      busy = false;
    }
  }
}
