package dev.moat.coap.option;

import dev.moat.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/**
 * The options of one message: immutable, in ascending order of their numbers, repeats in order of
 * arrival.
 *
 * <p>Values are kept exactly as received; the typed views ({@link #uriPath()}, {@link #block1()}
 * ...) are computed. They are for options that {@link OptionRegistry} has recognised; in a value
 * too long for its view they see nothing (RFC 7252, Section 5.4.3).
 */
public final class Options implements Iterable<Option> {
  private static final Options NONE = new Options(new Option[0]);

  /** What fits a {@code long} without its sign; no registered option has more than four. */
  private static final int MAX_UINT_OCTETS = 7;

  private final Option[] sorted;

  private Options(Option[] sorted) {
    this.sorted = sorted;
  }

  /** No options. */
  public static Options none() {
    return NONE;
  }

  /** The given options, brought into order. */
  public static Options of(Option... options) {
    return of(Arrays.asList(options));
  }

  /** The given options, brought into order; repeats keep their relative order. */
  public static Options of(List<Option> options) {
    if (options.isEmpty()) {
      return NONE;
    }
    Option[] copy = options.toArray(new Option[0]);
    Arrays.sort(copy, (a, b) -> Integer.compare(a.number(), b.number()));
    return new Options(copy);
  }

  /**
   * Takes an array that is already in ascending order of numbers; the caller must never write to it
   * again.
   *
   * @throws IllegalArgumentException when a number is smaller than the one before it
   */
  public static Options ownedAscending(Option[] ascending) {
    for (int i = 1; i < ascending.length; i++) {
      if (ascending[i].number() < ascending[i - 1].number()) {
        throw new IllegalArgumentException(
            "option " + ascending[i].number() + " stands after " + ascending[i - 1].number());
      }
    }
    return ascending.length == 0 ? NONE : new Options(ascending);
  }

  /** Number of option instances. */
  public int size() {
    return sorted.length;
  }

  /** True when there are none. */
  public boolean isEmpty() {
    return sorted.length == 0;
  }

  /** The instance at {@code index} in ascending order. */
  public Option at(int index) {
    return sorted[index];
  }

  /** True when at least one instance of {@code number} is present. */
  public boolean has(int number) {
    return indexOf(number) >= 0;
  }

  /** The first instance of {@code number}. */
  public Optional<Bytes> first(int number) {
    int index = indexOf(number);
    return index < 0 ? Optional.empty() : Optional.of(sorted[index].value());
  }

  /** All values of {@code number}, in order. */
  public List<Bytes> all(int number) {
    List<Bytes> values = new ArrayList<>();
    for (Option option : sorted) {
      if (option.number() == number) {
        values.add(option.value());
      }
    }
    return values;
  }

  /** The first instance of {@code number} as an unsigned integer. */
  public OptionalLong uint(int number) {
    int index = indexOf(number);
    if (index < 0 || sorted[index].value().length() > MAX_UINT_OCTETS) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(sorted[index].value().toUint());
  }

  /** All values of {@code number} as UTF-8 text. */
  public List<String> texts(int number) {
    List<String> values = new ArrayList<>();
    for (Option option : sorted) {
      if (option.number() == number) {
        values.add(option.value().toUtf8());
      }
    }
    return values;
  }

  /** The Uri-Path segments. */
  public List<String> uriPath() {
    return texts(OptionNumber.URI_PATH);
  }

  /** The Uri-Query arguments. */
  public List<String> uriQuery() {
    return texts(OptionNumber.URI_QUERY);
  }

  /** The Block1 option. */
  public Optional<BlockOption> block1() {
    return block(OptionNumber.BLOCK1);
  }

  /** The Block2 option. */
  public Optional<BlockOption> block2() {
    return block(OptionNumber.BLOCK2);
  }

  private Optional<BlockOption> block(int number) {
    return first(number)
        .filter(value -> value.length() <= BlockOption.MAX_OCTETS)
        .map(BlockOption::parse);
  }

  /** The Observe option. */
  public OptionalLong observe() {
    return uint(OptionNumber.OBSERVE);
  }

  /** The Content-Format number. */
  public OptionalLong contentFormat() {
    return uint(OptionNumber.CONTENT_FORMAT);
  }

  /** These options and one more instance, behind those of the same number. */
  public Options plus(Option added) {
    int place = sorted.length;
    while (place > 0 && sorted[place - 1].number() > added.number()) {
      place--;
    }
    Option[] grown = new Option[sorted.length + 1];
    System.arraycopy(sorted, 0, grown, 0, place);
    grown[place] = added;
    System.arraycopy(sorted, place, grown, place + 1, sorted.length - place);
    return new Options(grown);
  }

  /** These options with {@code option} in place of all instances of its number. */
  public Options with(Option option) {
    return without(option.number()).plus(option);
  }

  /** These options without any instance of {@code number}. */
  public Options without(int number) {
    return has(number) ? filter(n -> n != number) : this;
  }

  /** Only the options whose number {@code keep} accepts. */
  public Options filter(IntPredicate keep) {
    int first = 0;
    while (first < sorted.length && keep.test(sorted[first].number())) {
      first++;
    }
    if (first == sorted.length) {
      return this;
    }
    List<Option> kept = new ArrayList<>(sorted.length);
    for (Option option : sorted) {
      if (keep.test(option.number())) {
        kept.add(option);
      }
    }
    return kept.isEmpty() ? NONE : new Options(kept.toArray(new Option[0]));
  }

  /** The options as an unmodifiable list. */
  public List<Option> toList() {
    return List.of(sorted);
  }

  private int indexOf(int number) {
    for (int i = 0; i < sorted.length && sorted[i].number() <= number; i++) {
      if (sorted[i].number() == number) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public Iterator<Option> iterator() {
    return Arrays.asList(sorted).iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Options that && Arrays.equals(sorted, that.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return Arrays.toString(sorted);
  }
}
