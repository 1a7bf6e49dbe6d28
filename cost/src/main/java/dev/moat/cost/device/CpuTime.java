package dev.moat.cost.device;

import dev.moat.bytes.RandomSource;
import dev.moat.crypto.Primitives;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.Method;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Time of the processor that a handshake takes on this machine, warmed up: the median of runs, of
 * the thread that computed. A device is slower by two to four orders of magnitude where it has no
 * accelerator, so that the count of operations says more about it: {@link CryptoOperations}.
 *
 * @param initiatorNanos of the initiator
 * @param responderNanos of the responder
 * @param runs of how many runs these are the medians
 */
public record CpuTime(long initiatorNanos, long responderNanos, int runs) {
  private static final int MAX_RUNS = 500;
  private static final int MIN_RUNS = 3;

  /**
   * Runs handshakes for as long as {@code budget} says, the first half of it to warm up, and at
   * least three in any case.
   *
   * @throws IllegalStateException when the platform does not tell the time of a thread
   */
  public static CpuTime measure(
      Method method,
      CipherSuite suite,
      Primitives primitives,
      RandomSource random,
      Duration budget) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    if (!threads.isCurrentThreadCpuTimeSupported()) {
      throw new IllegalStateException("this platform does not tell the CPU time of a thread");
    }
    try (MemoryHandshake handshake =
        new MemoryHandshake(method, suite, primitives, primitives, random)) {
      long begin = System.nanoTime();
      long half = budget.toNanos() / 2;
      while (System.nanoTime() - begin < half) {
        var unused = handshake.run(MemoryHandshake.Meter.none());
      }
      return measured(handshake, threads, begin + 2 * half);
    }
  }

  private static CpuTime measured(MemoryHandshake handshake, ThreadMXBean threads, long end) {
    long[] initiator = new long[MAX_RUNS];
    long[] responder = new long[MAX_RUNS];
    int runs = 0;
    while (runs < MIN_RUNS || (runs < MAX_RUNS && System.nanoTime() - end < 0)) {
      Stopwatch watch = new Stopwatch(threads);
      var unused = handshake.run(watch);
      initiator[runs] = watch.initiator;
      responder[runs] = watch.responder;
      runs++;
    }
    return new CpuTime(median(initiator, runs), median(responder, runs), runs);
  }

  private static long median(long[] values, int count) {
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }

  /**
   * How the device's computing compares with its messages' time on air (LK-104): below 0.1 it does
   * not matter.
   *
   * @param device which side the device is
   * @param airMicros the modelled time on air of the handshake in microseconds, positive
   */
  public double ratioToAirTime(Role device, long airMicros) {
    if (airMicros <= 0) {
      throw new IllegalArgumentException("no time on air: " + airMicros);
    }
    long nanos = device == Role.INITIATOR ? initiatorNanos : responderNanos;
    return nanos / 1000.0 / airMicros;
  }

  private static final class Stopwatch implements MemoryHandshake.Meter {
    private final ThreadMXBean threads;
    private long initiator;
    private long responder;

    Stopwatch(ThreadMXBean threads) {
      this.threads = threads;
    }

    @Override
    public <T> T of(Role role, Supplier<T> step) {
      long before = threads.getCurrentThreadCpuTime();
      T result = step.get();
      long spent = threads.getCurrentThreadCpuTime() - before;
      if (role == Role.INITIATOR) {
        initiator += spent;
      } else {
        responder += spent;
      }
      return result;
    }
  }
}
