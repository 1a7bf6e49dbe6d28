package dev.moat.conformance.interop;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** An observation whose representations another thread puts into a queue. */
public final class QueuedWatch implements InteropClient.Watch {
  private final BlockingQueue<String> arrived;
  private final Cancel cancel;

  public QueuedWatch(BlockingQueue<String> arrived, Cancel cancel) {
    this.arrived = arrived;
    this.cancel = cancel;
  }

  @Override
  public String next() throws InterruptedException {
    String next = arrived.poll(Bounds.CALL.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("no notification within " + Bounds.CALL);
    }
    return next;
  }

  @Override
  public List<String> rest() {
    return List.copyOf(arrived);
  }

  @Override
  public void cancel() throws Exception {
    cancel.run();
  }

  /** How the stack ends an observation. */
  public interface Cancel {
    void run() throws Exception;
  }
}
