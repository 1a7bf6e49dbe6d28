package dev.moat.edhoc.message;

import dev.moat.bytes.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Padding, which hides the length of a plaintext or gives message_1 the size that its answer may
 * have (RFC 9528, Section 3.8.1).
 */
public final class EadPadding {
  /** The label and the head of a value of 0 to 23 octets. */
  private static final int SHORT = 2;

  private EadPadding() {}

  /**
   * The items that lengthen a message or plaintext to {@code wanted} octets; none when it is as
   * long already.
   *
   * @param octets its length without them
   */
  public static EadItems upTo(int wanted, int octets, RandomSource random) {
    return of(Math.max(0, wanted - octets), random);
  }

  /**
   * The items that take up exactly {@code octets} octets; their values are random. For 26 and 259
   * octets it needs two, because no head of a value has that length.
   *
   * @param octets 0 to 65535
   */
  public static EadItems of(int octets, RandomSource random) {
    if (octets < 0 || octets > 0xffff) {
      throw new IllegalArgumentException("padding of 0 to 65535 octets, not " + octets);
    }
    List<EadItem> items = new ArrayList<>();
    int left = octets;
    while (left > 0) {
      int value = valueOctets(left);
      items.add(
          value < 0
              ? EadItem.of(EadItem.PADDING)
              : new EadItem(EadItem.PADDING, false, Optional.of(random.bytes(value))));
      left -= value < 0 ? 1 : left;
    }
    return new EadItems(items);
  }

  /** Length of the value with which one item has {@code octets}; below 0 when there is none. */
  private static int valueOctets(int octets) {
    int value = octets - SHORT;
    if (value <= 23) {
      return value;
    }
    // One octet more in the head from 24 on, two from 256 on.
    int head = value <= 256 ? 1 : 2;
    int rest = value - head;
    boolean fits = head == 1 ? rest >= 24 : rest >= 256;
    return fits ? rest : -1;
  }
}
