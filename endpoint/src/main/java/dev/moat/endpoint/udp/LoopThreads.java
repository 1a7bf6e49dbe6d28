package dev.moat.endpoint.udp;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes the loops' threads and knows them, so that closing can wait until they have really ended.
 */
public final class LoopThreads extends DefaultThreadFactory {
  private static final long JOIN_MILLIS = 2_000;

  private final List<Thread> made = new CopyOnWriteArrayList<>();

  /** Threads of this name; {@code daemon} says that they do not keep the process alive. */
  public LoopThreads(String name, boolean daemon) {
    super(name, daemon);
  }

  /** True on a thread of any endpoint's event loop. */
  public static boolean isCurrent() {
    return Thread.currentThread() instanceof LoopThread;
  }

  @Override
  protected Thread newThread(Runnable task, String name) {
    return new LoopThread(threadGroup, task, name);
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = super.newThread(task);
    made.add(thread);
    return thread;
  }

  /** Waits until the threads have ended. */
  public void join() {
    try {
      for (Thread thread : made) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Known by its class, so that a blocking call on any endpoint's loop can be refused. */
  private static final class LoopThread extends FastThreadLocalThread {
    LoopThread(ThreadGroup group, Runnable task, String name) {
      super(group, task, name);
    }
  }
}
