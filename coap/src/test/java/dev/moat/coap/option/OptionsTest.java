package dev.moat.coap.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.ArbitraryMessages;
import dev.moat.testkit.Seeded;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private final Options options =
      Options.of(
          Option.text(OptionNumber.URI_QUERY, "q"),
          Option.text(OptionNumber.URI_PATH, "a"),
          Option.uint(OptionNumber.OBSERVE, 5),
          Option.text(OptionNumber.URI_PATH, "b"));

  @Test
  void sortsByNumberAndKeepsRepeatsInOrder() {
    assertThat(options.size()).isEqualTo(4);
    assertThat(options.at(0).number()).isEqualTo(OptionNumber.OBSERVE);
    assertThat(options.uriPath()).containsExactly("a", "b");
    assertThat(options.uriQuery()).containsExactly("q");
    assertThat(options.all(OptionNumber.URI_PATH))
        .containsExactly(Bytes.utf8("a"), Bytes.utf8("b"));
  }

  @Test
  void addsAnOptionWhereSortingWouldPutIt() {
    Seeded.check(
        300,
        arbitrary -> {
          Options before = ArbitraryMessages.options(arbitrary);
          Option added = new Option(arbitrary.length(400), arbitrary.bytes(3));
          Options after = before.plus(added);
          assertThat(Options.ownedAscending(after.toList().toArray(new Option[0])))
              .isEqualTo(after)
              .hasSameHashCodeAs(after);
          assertThat(after.all(added.number())).endsWith(added.value());
          assertThat(after.size()).isEqualTo(before.size() + 1);
        });
  }

  @Test
  void replacesAllInstancesOfANumber() {
    Options changed = options.with(Option.text(OptionNumber.URI_PATH, "c"));
    assertThat(changed.uriPath()).containsExactly("c");
    assertThat(changed.size()).isEqualTo(3);
    assertThat(options.without(OptionNumber.BLOCK1)).isSameAs(options);
    assertThat(options.without(OptionNumber.OBSERVE).observe()).isEmpty();
    assertThat(options.filter(number -> false)).isSameAs(Options.none());
  }

  /** RFC 7252, Section 5.4.3: an elective option of a wrong length is ignored. */
  @Test
  void seesNoNumberInAValueThatIsTooLongForOne() {
    Options tooLong =
        Options.of(
            new Option(OptionNumber.OBSERVE, Bytes.hex("8000000000000000")),
            new Option(OptionNumber.BLOCK2, Bytes.hex("00000000")),
            new Option(OptionNumber.BLOCK1, Bytes.hex("00000000")));
    assertThat(tooLong.observe()).isEmpty();
    assertThat(tooLong.block1()).isEmpty();
    assertThat(tooLong.block2()).isEmpty();
  }

  @Test
  void computesTypedViews() {
    assertThat(options.observe()).hasValue(5);
    assertThat(options.uint(OptionNumber.SIZE1)).isEmpty();
    assertThat(options.first(OptionNumber.SIZE1)).isEmpty();
    assertThat(options.has(OptionNumber.SIZE1)).isFalse();
    BlockOption block = new BlockOption(3, true, 2);
    Options blocks =
        Options.of(
            new Option(OptionNumber.BLOCK1, block.value()),
            new Option(OptionNumber.BLOCK2, Bytes.empty()),
            Option.uint(OptionNumber.CONTENT_FORMAT, 40));
    assertThat(blocks.block1()).contains(block);
    assertThat(blocks.block2()).contains(new BlockOption(0, false, 0));
    assertThat(blocks.contentFormat()).hasValue(40);
  }

  @Test
  void isAValue() {
    assertThat(options)
        .isEqualTo(Options.of(options.toList()))
        .isNotEqualTo(Options.none())
        .hasToString(options.toList().toString());
    assertThat(options.equals(null)).isFalse();
    assertThat(Options.of()).isSameAs(Options.none());
    assertThat(Options.ownedAscending(new Option[0])).isSameAs(Options.none());
    assertThat(Options.none().isEmpty()).isTrue();
    assertThat(options.isEmpty()).isFalse();
  }

  @Test
  void cannotBeChangedThroughItsIterator() {
    Iterator<Option> iterator = options.iterator();
    assertThat(iterator.next()).isEqualTo(Option.uint(OptionNumber.OBSERVE, 5));
    Assertions.assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(iterator::remove);
  }

  @Test
  void refusesNumbersOutOfOrderOrRange() {
    Option[] unsorted = {Option.uint(2, 0), Option.uint(1, 0)};
    assertThatIllegalArgumentException().isThrownBy(() -> Options.ownedAscending(unsorted));
    assertThatIllegalArgumentException().isThrownBy(() -> Option.uint(65536, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Option.uint(-1, 0));
  }

  @Test
  void readsTheClassBitsOfANumber() {
    List<Integer> critical = List.of(1, 3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 27, 31, 35, 39);
    assertThat(critical).allMatch(number -> Option.uint(number, 0).isCritical());
    assertThat(Option.uint(OptionNumber.ECHO, 0).isCritical()).isFalse();
    assertThat(Option.uint(OptionNumber.URI_HOST, 0).isUnsafe()).isTrue();
    assertThat(Option.uint(OptionNumber.ETAG, 0).isUnsafe()).isFalse();
    assertThat(Option.uint(OptionNumber.SIZE1, 0).isNoCacheKey()).isTrue();
    assertThat(Option.uint(OptionNumber.ECHO, 0).isNoCacheKey()).isTrue();
    assertThat(Option.uint(OptionNumber.REQUEST_TAG, 0).isNoCacheKey()).isFalse();
  }

  @Test
  void readsAndWritesEveryBlockOption() {
    Seeded.check(
        200,
        arbitrary -> {
          BlockOption block =
              new BlockOption(
                  arbitrary.between(0, BlockOption.MAX_NUMBER),
                  arbitrary.chance(50),
                  arbitrary.between(0, 7));
          assertThat(BlockOption.parse(block.value())).isEqualTo(block);
          assertThat(block.offsetOctets()).isEqualTo((long) block.number() * block.sizeOctets());
        });
    assertThat(new BlockOption(0, false, 0).sizeOctets()).isEqualTo(16);
    assertThat(new BlockOption(0, false, 6).sizeOctets()).isEqualTo(1024);
    assertThat(new BlockOption(0, false, 7).sizeOctets()).isEqualTo(1024);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockOption.parse(Bytes.owned(new byte[4])));
    assertThatIllegalArgumentException().isThrownBy(() -> new BlockOption(1 << 20, false, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BlockOption(-1, false, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BlockOption(0, false, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> new BlockOption(0, false, -1));
  }
}
