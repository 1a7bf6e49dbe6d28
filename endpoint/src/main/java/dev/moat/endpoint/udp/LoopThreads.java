package dev.moat.endpoint.udp;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes the loops' threads and knows them, so that closing can wait until they have really ended.
 */
final class LoopThreads extends DefaultThreadFactory {
  private static final long JOIN_MILLIS = 2_000;

  private final List<Thread> made = new CopyOnWriteArrayList<>();

  LoopThreads(UdpConfig.Threads threads) {
    super(threads.name(), threads.daemon());
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = super.newThread(task);
    made.add(thread);
    return thread;
  }

  /** Waits until the threads have ended. */
  void join() {
    try {
      for (Thread thread : made) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
