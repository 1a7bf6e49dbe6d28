package dev.moat.oscore.context;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The replay window of one recipient key, which moves only after a message was verified.
 *
 * <p>After a restart it is not trusted: nothing is accepted until a request has proved fresh by
 * Echo (RFC 8613, Appendix B.1.2). Safe to share among threads: checking and marking is one atomic
 * step (Section 7.4).
 */
public final class ReplayCell {
  private final AtomicReference<State> state;

  private ReplayCell(State first) {
    this.state = new AtomicReference<>(first);
  }

  /** A window for a recipient key that was never used before. */
  public static ReplayCell trusted(int size) {
    return new ReplayCell(new State(ReplayWindow.empty(size), true, 0));
  }

  /** A window that was lost: it has to be resynchronised first. */
  public static ReplayCell untrusted(int size) {
    return new ReplayCell(new State(ReplayWindow.empty(size), false, 0));
  }

  /** True when the window knows what was received. */
  public boolean isTrusted() {
    return current().trusted;
  }

  /** True when {@link #commit} would accept {@code partialIv} now. Changes nothing. */
  public boolean accepts(long partialIv) {
    return current().accepts(partialIv);
  }

  /**
   * Marks {@code partialIv} as received; call it after verification.
   *
   * @return false when it was received before, or meanwhile by another thread, or when the window
   *     is not trusted
   */
  public boolean commit(long partialIv) {
    while (true) {
      State before = current();
      if (!before.accepts(partialIv)) {
        return false;
      }
      State after = new State(before.window.with(partialIv), true, before.lost);
      if (state.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /**
   * Trusts the window from {@code partialIv} on, which verification and Echo have proved fresh: it
   * becomes the lower limit (RFC 8613, Appendix B.1.2).
   *
   * @return true when the request may be acted on; false when the window was trusted already, and
   *     knows {@code partialIv} as received
   */
  public boolean resynchronise(long partialIv) {
    State before = current();
    if (!before.trusted) {
      State after = new State(ReplayWindow.above(partialIv, before.window.size()), true, partialIv);
      if (state.compareAndSet(before, after)) {
        return true;
      }
    }
    return commit(partialIv);
  }

  /** The window as it is now. */
  public ReplayWindow window() {
    return current().window;
  }

  /**
   * How many Partial IVs the peer may have used before this process began to count; 0 when the keys
   * were new.
   */
  long lost() {
    return current().lost;
  }

  private State current() {
    return Objects.requireNonNull(state.get());
  }

  private record State(ReplayWindow window, boolean trusted, long lost) {
    boolean accepts(long partialIv) {
      return trusted && window.accepts(partialIv);
    }
  }
}
