package dev.moat.edhoc.message;

import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * SUITES_I or SUITES_R: one suite, or an array of two or more (RFC 9528, Section 5.2.1). Immutable.
 *
 * @param values the suites as sent, 1 to {@link #MAX_SUITES}; in SUITES_I from the most preferred
 *     to the selected one
 */
public record SuitesField(List<Integer> values) {
  /** The most suites that are read or written. */
  public static final int MAX_SUITES = 64;

  /** The registry's range, from and to (Section 10.2). */
  private static final int LEAST = -65_536;

  private static final int MOST = 65_535;

  /**
   * Checks number and range.
   *
   * @throws IllegalArgumentException when there is none, too many, or one outside of the registry
   */
  public SuitesField {
    values = List.copyOf(values);
    if (values.isEmpty() || values.size() > MAX_SUITES) {
      throw new IllegalArgumentException("1 to " + MAX_SUITES + " suites, not " + values.size());
    }
    if (!values.stream().allMatch(SuitesField::isInRange)) {
      throw new IllegalArgumentException("a suite outside of the registry's range: " + values);
    }
  }

  /** The suites in this order. */
  public static SuitesField of(Integer... values) {
    return new SuitesField(List.of(values));
  }

  /**
   * SUITES_I: all suites that are preferred to the selected one, and the selected one (Section
   * 5.2.2).
   *
   * @param preferences all suites of the initiator, most preferred first
   * @throws IllegalArgumentException when the selected one is not among them
   */
  public static SuitesField selecting(List<Integer> preferences, int selected) {
    int index = preferences.indexOf(selected);
    if (index < 0) {
      throw new IllegalArgumentException("the suite " + selected + " is none of one's own");
    }
    return new SuitesField(preferences.subList(0, index + 1));
  }

  /** The selected suite of SUITES_I: the last one. */
  public int selected() {
    return values.get(values.size() - 1);
  }

  /**
   * The first suite of SUITES_I that the responder supports too. Only when it is the selected one
   * message_1 is acceptable (Section 5.2.3): otherwise someone may have tampered with the list.
   */
  public Optional<Integer> firstOf(Collection<Integer> supported) {
    return values.stream().filter(supported::contains).findFirst();
  }

  static SuitesField read(CborReader reader) throws CborException, EdhocException {
    boolean array = reader.kind() == CborKind.ARRAY;
    int count = array ? reader.array() : 1;
    if (array && count < 2) {
      throw new EdhocException(Reason.BAD_SUITES);
    }
    if (count > MAX_SUITES) {
      throw new EdhocException(Reason.TOO_LONG);
    }
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(readSuite(reader));
    }
    return new SuitesField(values);
  }

  private static int readSuite(CborReader reader) throws CborException, EdhocException {
    CborKind kind = reader.kind();
    if (kind != CborKind.UNSIGNED && kind != CborKind.NEGATIVE) {
      throw new EdhocException(Reason.BAD_SUITES);
    }
    long value = reader.integer();
    if (!isInRange(value)) {
      throw new EdhocException(Reason.BAD_SUITES);
    }
    return (int) value;
  }

  void write(CborWriter writer) {
    if (values.size() > 1) {
      writer.array(values.size());
    }
    values.forEach(writer::integer);
  }

  private static boolean isInRange(long value) {
    return value >= LEAST && value <= MOST;
  }
}
