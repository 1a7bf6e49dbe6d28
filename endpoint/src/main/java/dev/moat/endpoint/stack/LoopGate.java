package dev.moat.endpoint.stack;

/**
 * The way back to the one thread that owns a stack, for results that other threads produce.
 *
 * <p>An owner that runs a task sets the stack's time first ({@link DatagramProtocol#onTimeout}) and
 * drains its datagrams afterwards.
 */
public interface LoopGate {
  /** True when the calling thread owns the stack. */
  boolean isOwner();

  /**
   * Runs {@code task} on the owner, soon.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the owner has ended
   */
  void execute(Runnable task);

  /**
   * The owner's monotonic clock, on any thread. Where one thread does everything this is the time
   * of the event being processed.
   */
  default long nowNanos(long ofEvent) {
    return ofEvent;
  }

  /** One thread does everything, as in virtual time: tasks run at once, and the caller drains. */
  static LoopGate direct() {
    return Direct.INSTANCE;
  }

  /** The gate of a stack that only one thread ever touches. */
  enum Direct implements LoopGate {
    /** It keeps no state. */
    INSTANCE;

    @Override
    public boolean isOwner() {
      return true;
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }
  }
}
