package dev.moat.oscore.context;

import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts what the keys of one context have done, and refuses more than their limits
 * (draft-ietf-core-oscore-key-limits, Section 3). Safe to share among threads.
 *
 * <p>Forgeries that an earlier process saw are not counted. Its seals are estimated from the
 * sequence numbers of both sides, which is never too low once the window is resynchronised.
 */
public final class KeyUsage {
  private final KeyUsageLimits limits;
  private final LongSupplier sealsBefore;
  private final AtomicLong seals = new AtomicLong();
  private final AtomicLong forgeries = new AtomicLong();

  /** Counts from zero. */
  public KeyUsage(KeyUsageLimits limits) {
    this(limits, () -> 0);
  }

  /** Counts on top of what earlier processes have done. */
  KeyUsage(KeyUsageLimits limits, LongSupplier sealsBefore) {
    this.limits = limits;
    this.sealsBefore = sealsBefore;
  }

  /** The limits. */
  public KeyUsageLimits limits() {
    return limits;
  }

  /** Messages protected with the Sender Key. */
  public long seals() {
    return seals.get() + sealsBefore.getAsLong();
  }

  /** Messages that failed to verify with the Recipient Key. */
  public long forgeries() {
    return forgeries.get();
  }

  /**
   * Counts one message before it is protected.
   *
   * @throws OscoreException KEY_USAGE_LIMIT when it would be one too many
   */
  public void countSeal() throws OscoreException {
    if (seals.incrementAndGet() + sealsBefore.getAsLong() > limits.seals()) {
      seals.decrementAndGet();
      throw new OscoreException(Reason.KEY_USAGE_LIMIT);
    }
  }

  /**
   * Asks before a message is verified.
   *
   * @throws OscoreException KEY_USAGE_LIMIT when too many have failed
   */
  public void requireOpen() throws OscoreException {
    if (forgeries.get() >= limits.forgeriesRefused()) {
      throw new OscoreException(Reason.KEY_USAGE_LIMIT);
    }
  }

  /** Counts one message that failed to verify. */
  public void countForgery() {
    forgeries.getAndIncrement();
  }

  /** How near the limits are; whoever asks tells people, once. */
  public UsageState state() {
    UsageState sealing = stateOf(seals(), limits.seals());
    UsageState opening = stateOf(forgeries(), limits.forgeries());
    return sealing.compareTo(opening) >= 0 ? sealing : opening;
  }

  private static UsageState stateOf(long count, long limit) {
    if (count >= limit) {
      return UsageState.REACHED;
    }
    return count >= limit - limit / 8 ? UsageState.NEARING : UsageState.FINE;
  }

  /** How near the limits are, in ascending order. */
  public enum UsageState {
    /** Nothing to do. */
    FINE,
    /** 7/8 of a limit is used: time to establish a new context. */
    NEARING,
    /** A limit is reached: sealing is refused; verifying goes on until its second limit. */
    REACHED
  }
}
