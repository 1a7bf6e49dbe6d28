package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionRegistry;
import dev.moat.coap.option.Options;
import dev.moat.coap.option.Recognised;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Options as the codec gives them: unknown ones, repeated ones, too long ones (RFC 7252, Section
 * 5.4).
 */
final class OptionFuzzTest {
  private static final OptionRegistry REGISTRY = OptionRegistry.standard();

  @MethodSource("dev.moat.fuzz.Seeds#datagrams")
  @FuzzTest
  void recognisesOptionsSoThatTheirViewsCanBeRead(@NotNull byte[] datagram) {
    Options options;
    try {
      options = UdpCodec.decode(Bytes.copyOf(datagram)).options();
    } catch (MessageFormatException refused) {
      return;
    }
    options.forEach(OptionFuzzTest::describes);
    Recognised recognised = REGISTRY.recognise(options);
    assertThat(recognised.isAcceptable()).isEqualTo(recognised.unprocessableCritical().isEmpty());
    assertThat(REGISTRY.understandsAll(recognised.understood())).isTrue();
    readEveryView(recognised.understood());
  }

  private static void describes(Option option) {
    assertThat(REGISTRY.describe(option)).isNotNull();
    assertThat(REGISTRY.nameOf(option.number())).isNotEmpty();
  }

  /** What the registry let through has lengths for which the views are defined. */
  private static void readEveryView(Options options) {
    assertThat(options.uriPath()).isNotNull();
    assertThat(options.uriQuery()).isNotNull();
    options.block1().ifPresent(block -> assertThat(block.offsetOctets()).isNotNegative());
    options.block2().ifPresent(block -> assertThat(block.offsetOctets()).isNotNegative());
    options.observe().ifPresent(number -> assertThat(number).isBetween(0L, 0xff_ffffL));
    options.contentFormat().ifPresent(number -> assertThat(number).isBetween(0L, 0xffffL));
    for (Option option : options) {
      assertThat(options.without(option.number()).has(option.number())).isFalse();
      assertThat(options.with(option).all(option.number())).containsExactly(option.value());
    }
  }
}
