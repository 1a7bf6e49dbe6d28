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
