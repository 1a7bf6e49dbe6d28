package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.option.ContentFormatRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and numbers of content formats (RFC 7252, Section 12.3). */
final class ContentFormatFuzzTest {
  private static final ContentFormatRegistry REGISTRY = ContentFormatRegistry.standard();

  static Stream<String> names() {
    return REGISTRY.formats().stream().map(ContentFormat::toString);
  }

  static Stream<Long> numbers() {
    return Stream.of(-1L, 0L, 40L, 65_535L, 65_536L, Long.MAX_VALUE);
  }

  @MethodSource("names")
  @FuzzTest
  void findsAFormatByNameOrNot(@NotNull String name) {
    REGISTRY.byName(name).ifPresent(found -> assertThat(REGISTRY.formats()).contains(found));
  }

  @MethodSource("numbers")
  @FuzzTest
  void namesEveryNumber(long number) {
    assertThat(REGISTRY.nameOf(number)).isNotEmpty();
    REGISTRY.find(number).ifPresent(found -> assertThat((long) found.number()).isEqualTo(number));
  }
}
