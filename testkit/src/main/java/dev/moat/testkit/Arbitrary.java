package dev.moat.testkit;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import java.util.List;

/** Arbitrary values for property tests, drawn from a seeded source, with a taste for boundaries. */
public final class Arbitrary {
  /** Where the forms of lengths, option deltas and blocks change. */
  private static final int[] EDGES = {
    0, 1, 7, 8, 9, 12, 13, 14, 15, 16, 23, 24, 254, 255, 256, 268, 269, 270, 1023, 1024, 1025
  };

  private static final int[] CODE_POINTS = {
    'a', 'z', '0', ' ', '/', '?', '&', '=', '%', '.', ',', ';', '"', '\\', '<', '>', '*', 0, 0x7f,
    0xe9, 0x7ff, 0x800, 0x3053, 0xfffd, 0x1_0000, 0x1_f512, 0x10_ffff
  };

  private final RandomSource random;

  /** Draws from {@code random}. */
  public Arbitrary(RandomSource random) {
    this.random = random;
  }

  /** The source itself, for code under test that wants one. */
  public RandomSource random() {
    return random;
  }

  /** True in {@code percent} of 100 cases. */
  public boolean chance(int percent) {
    return random.below(100) < percent;
  }

  /** A value from {@code least} to {@code most}, both inclusive. */
  public int between(int least, int most) {
    return least + random.below(most - least + 1);
  }

  /** Any 64-bit value, of any magnitude. */
  public long anyLong() {
    long value = random.positiveLong() >>> between(0, 62);
    return chance(50) ? value : ~value;
  }

  /** One of {@code choices}. */
  public <T> T pick(List<T> choices) {
    return choices.get(random.below(choices.size()));
  }

  /** A length from 0 to {@code most}, half of the time at a boundary. */
  public int length(int most) {
    int edge = EDGES[random.below(EDGES.length)];
    return edge <= most && chance(50) ? edge : between(0, most);
  }

  /** Up to {@code maxOctets} octets. */
  public Bytes bytes(int maxOctets) {
    return random.bytes(length(maxOctets));
  }

  /** Text of up to {@code maxCodePoints} code points, many of them awkward. */
  public String text(int maxCodePoints) {
    StringBuilder text = new StringBuilder();
    for (int left = between(0, maxCodePoints); left > 0; left--) {
      text.appendCodePoint(CODE_POINTS[random.below(CODE_POINTS.length)]);
    }
    return text.toString();
  }

  /** {@code original} with one to four octets changed, dropped, doubled or cut off. */
  public Bytes damaged(Bytes original) {
    Bytes damaged = original;
    for (int left = between(1, 4); left > 0 && !damaged.isEmpty(); left--) {
      damaged = damagedOnce(damaged);
    }
    return damaged;
  }

  private Bytes damagedOnce(Bytes original) {
    int at = random.below(original.length());
    Bytes before = original.slice(0, at);
    Bytes after = original.slice(at + 1, original.length());
    return switch (random.below(4)) {
      case 0 -> before;
      case 1 -> before.plus(after);
      case 2 -> before.plus(original.slice(at, at + 1)).plus(original.slice(at, original.length()));
      default -> before.plus(random.bytes(1)).plus(after);
    };
  }
}
