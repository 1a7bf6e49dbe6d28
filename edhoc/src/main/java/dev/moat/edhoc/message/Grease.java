package dev.moat.edhoc.message;

import dev.moat.bytes.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Items and suites that mean nothing, sent now and then so that peers keep ignoring what they do
 * not know (draft-ietf-lake-edhoc-grease). A receiver treats them like everything unknown; nothing
 * here recognizes them on the way in.
 */
public final class Grease {
  /** The labels that are set aside (Section 2). */
  private static final List<Integer> LABELS = List.of(160, 41_120, 43_690, 44_975);

  /** The suites that are set aside (Section 3). */
  private static final List<Integer> SUITES = List.of(160, 41_120, -41_121, 43_690);

  /** One message in so many has an item, of these lengths (Section 2.1.1). */
  private static final int ONE_IN = 64;

  private static final int LEAST_OCTETS = 9;
  private static final int MOST_OCTETS = 40;

  private Grease() {}

  /** An item for one message in 64, else nothing: the pattern that hides who uses it (2.1.1). */
  public static EadItems sometimes(RandomSource random) {
    return random.below(ONE_IN) == 0 ? EadItems.of(item(random)) : EadItems.none();
  }

  /** A non-critical item with 9 to 40 random octets. */
  public static EadItem item(RandomSource random) {
    int octets = LEAST_OCTETS + random.below(MOST_OCTETS - LEAST_OCTETS + 1);
    int label = LABELS.get(random.below(LABELS.size()));
    return EadItem.of(label, random.bytes(octets));
  }

  /**
   * The preferences with a suite that nobody has, somewhere but at the end. To be drawn once and
   * kept: the order of preference must not change between attempts (RFC 9528, Section 5.2.2).
   *
   * @param preferences the suites, most preferred first; not empty
   */
  public static List<Integer> among(List<Integer> preferences, RandomSource random) {
    List<Integer> greased = new ArrayList<>(preferences);
    greased.add(random.below(preferences.size()), SUITES.get(random.below(SUITES.size())));
    return List.copyOf(greased);
  }

  /** The labels that are set aside. */
  public static Set<Integer> labels() {
    return Set.copyOf(LABELS);
  }

  /** The suites that are set aside: a peer that claims to support one is not to be trusted. */
  public static Set<Integer> suites() {
    return Set.copyOf(SUITES);
  }
}
