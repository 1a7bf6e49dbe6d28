package dev.moat.edhoc.coap.halfopen;

import dev.moat.bytes.RandomSource;
import dev.moat.coap.service.Peer;
import dev.moat.edhoc.coap.halfopen.GuardPolicy.Proof;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands before every costly step that anyone can cause. Of a fixed size: addresses share cells by
 * a keyed hash, so that nobody can aim at another's.
 */
public final class HandshakeGuard {
  private static final int CELLS = 4096;

  /** How many later messages of one handshake are looked at before anything is asked for them. */
  private static final int FREE_ATTEMPTS = 3;

  private static final long SECOND = 1_000_000_000L;

  private final GuardPolicy policy;
  private final long seed;
  private final AtomicReference<Window> window = new AtomicReference<>(new Window(0, 0));
  private final AtomicLongArray firstNanos = new AtomicLongArray(CELLS);
  private final AtomicLongArray laterNanos = new AtomicLongArray(CELLS);

  /** Has seen nobody yet. */
  public HandshakeGuard(GuardPolicy policy, RandomSource random) {
    this.policy = policy;
    this.seed = random.positiveLong();
  }

  /**
   * Judges whether a handshake may begin for {@code from} now; one that is admitted counts.
   *
   * @param proven true when the address has shown that it receives what is sent to it
   * @param halfOpen how many handshakes are under way
   */
  public Verdict judge(Peer from, boolean proven, int halfOpen, long nowNanos) {
    return judge(firstNanos, from, proven, halfOpen, nowNanos);
  }

  /**
   * Judges whether a later message of a handshake may cost another step; one that is admitted
   * counts. The first few of each handshake always are, since the handshake itself was: so a
   * genuine one that nobody disturbs is asked nothing. Paced apart from beginnings, so that whoever
   * has just begun may go on.
   *
   * @param attempts how many messages of this handshake there were before
   * @see #judge(Peer, boolean, int, long)
   */
  public Verdict judgeLater(Peer from, boolean proven, int halfOpen, int attempts, long nowNanos) {
    if (attempts < FREE_ATTEMPTS) {
      count(nowNanos);
      return Verdict.ADMIT;
    }
    return judge(laterNanos, from, proven, halfOpen, nowNanos);
  }

  private Verdict judge(
      AtomicLongArray lastNanos, Peer from, boolean proven, int halfOpen, long nowNanos) {
    boolean loaded = halfOpen >= policy.loadSessions() || isBusy(nowNanos);
    boolean demanded = policy.proof() == Proof.ALWAYS || loaded;
    if (demanded && !proven && policy.proof() != Proof.INSECURE_NEVER) {
      return Verdict.PROVE;
    }
    if (loaded && !isPaced(lastNanos, from, nowNanos)) {
      return Verdict.WAIT;
    }
    count(nowNanos);
    return Verdict.ADMIT;
  }

  /** After how many seconds one that has to wait may ask again, at least 1. */
  public long retrySeconds() {
    return Math.max(1, (policy.intervalNanos() + SECOND - 1) / SECOND);
  }

  private boolean isBusy(long nowNanos) {
    Window seen = Objects.requireNonNull(window.get());
    return seen.covers(nowNanos) && seen.steps >= policy.loadStepsPerSecond();
  }

  private void count(long nowNanos) {
    var unused =
        window.updateAndGet(
            seen ->
                seen.covers(nowNanos)
                    ? new Window(seen.startNanos, seen.steps + 1)
                    : new Window(nowNanos, 1));
  }

  /** True, and counted, when the address has not been served within the interval. */
  private boolean isPaced(AtomicLongArray lastNanos, Peer from, long nowNanos) {
    int cell = cell(from);
    long last = lastNanos.get(cell);
    // 0 is nobody's time: a monotonic clock that shows it is put one off.
    boolean waited = last == 0 || nowNanos - last >= policy.intervalNanos();
    return waited && lastNanos.compareAndSet(cell, last, nowNanos == 0 ? 1 : nowNanos);
  }

  /** By address, whatever the port: ports cost nothing. */
  private int cell(Peer from) {
    long mixed = mix(from.high() ^ seed);
    mixed = mix(mixed ^ from.low());
    mixed = mix(mixed + from.scopeId() + seed);
    return (int) (mixed >>> 52) & (CELLS - 1);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** What a client is told. */
  public enum Verdict {
    /** The step is done. */
    ADMIT,
    /** 4.01 with Echo: the address has to be proven first (RFC 9175, Section 2.4). */
    PROVE,
    /** 5.03 with Max-Age: later. */
    WAIT
  }

  private record Window(long startNanos, int steps) {
    boolean covers(long nowNanos) {
      return steps > 0 && nowNanos - startNanos < SECOND;
    }
  }
}
