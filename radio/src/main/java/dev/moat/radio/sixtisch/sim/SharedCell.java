package dev.moat.radio.sixtisch.sim;

import dev.moat.radio.sixtisch.Slotframe;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * N nodes in one collision domain, one shared cell per slotframe, no loss but by collision. Each
 * node has F h frames to deliver, one after the other: every hop of every frame of its join counts
 * as one, whoever sends it. All begin in the same slotframe. A frame that the MAC gives up is sent
 * again by the node's CoAP timer, as often as needed, the timeout doubling up to MAX_RETRANSMIT
 * times.
 *
 * @param nodes N, 1 to 2^20
 * @param frames F h, at least 1
 * @param slotframe how long one cell to the next is
 * @param mac the back-off
 * @param timers when a dropped frame is sent again
 */
public record SharedCell(
    int nodes, int frames, Slotframe slotframe, MacSettings mac, JoinTimers timers) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when there is no node, there are too many, or no frame
   */
  public SharedCell {
    if (nodes < 1 || nodes > Calendar.MOST || frames < 1) {
      throw new IllegalArgumentException(
          "1 to " + Calendar.MOST + " nodes and at least 1 frame, not " + nodes + " and " + frames);
    }
  }

  /**
   * The model of the reference rows: minimal slotframe, standard back-off, CoJP timers whose random
   * factor is drawn each time.
   */
  public static SharedCell reference(int nodes, int frames) {
    return new SharedCell(
        nodes,
        frames,
        Slotframe.minimal(),
        MacSettings.standard(),
        JoinTimers.cojp().withSpread(JoinTimers.Spread.EACH_TIME));
  }

  /**
   * How many slotframes until the last frame of the last node has arrived; empty when it has not at
   * the bound.
   *
   * @param seed of the random sequence
   * @param maxSlotframes where it ends anyway
   */
  public OptionalLong run(long seed, long maxSlotframes) {
    SplittableRandom random = new SplittableRandom(seed);
    Calendar calendar = new Calendar();
    Sender[] senders = new Sender[nodes];
    for (int i = 0; i < nodes; i++) {
      senders[i] = new Sender(this, random);
      calendar.add(1, i);
    }
    int busy = nodes;
    List<Integer> sending = new ArrayList<>();
    for (long now = 1; now <= maxSlotframes; now++) {
      calendar.drain(now, sending::add);
      for (int one : sending) {
        long next = senders[one].sent(sending.size() == 1, now);
        if (next > 0) {
          calendar.add(next, one);
        } else {
          busy--;
        }
      }
      if (busy == 0) {
        return OptionalLong.of(now);
      }
      sending.clear();
    }
    return OptionalLong.empty();
  }

  /**
   * The times of several runs, in microseconds.
   *
   * @param runs their seeds are firstSeed, firstSeed + 1 and so on
   * @param maxSlotframes what none of them exceeds
   * @throws IllegalArgumentException when a run does: with it cut or left out, the mean would be
   *     that of another model
   */
  public Sample times(long firstSeed, int runs, long maxSlotframes) {
    double[] micros = new double[runs];
    for (int i = 0; i < runs; i++) {
      micros[i] = slotframes(firstSeed + i, maxSlotframes) * (double) slotframe.micros();
    }
    return Sample.of(micros);
  }

  private long slotframes(long seed, long maxSlotframes) {
    return run(seed, maxSlotframes)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "maxSlotframes is "
                        + maxSlotframes
                        + ", and the run of seed "
                        + seed
                        + " takes longer: it has no time to average"));
  }

  /** A node and the frames it still has. */
  private static final class Sender {
    private final SharedCell settings;
    private final SplittableRandom random;
    private final Backoff backoff;
    private int left;
    private int retransmissions;
    private double factor;

    Sender(SharedCell settings, SplittableRandom random) {
      this.settings = settings;
      this.random = random;
      this.backoff = new Backoff(settings.mac);
      this.left = settings.frames;
    }

    /** In which slotframe it sends next, 0 when that was its last frame. */
    long sent(boolean alone, long now) {
      if (!alone) {
        return now + (backoff.failed() ? timeout() : 1 + backoff.draw(random));
      }
      backoff.succeeded();
      retransmissions = 0;
      left--;
      return left == 0 ? 0 : now + 1;
    }

    private long timeout() {
      JoinTimers timers = settings.timers;
      if (retransmissions == 0 || timers.spread() == JoinTimers.Spread.EACH_TIME) {
        factor = timers.draw(random);
      }
      return timers.slotframes(retransmissions++, factor, settings.slotframe.micros());
    }
  }
}
