package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.TokenLengths;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Message;
import dev.moat.coap.option.BlockOption;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams from anywhere (RFC 7252, Section 3). */
final class MessageFuzzTest {
  @MethodSource("dev.moat.fuzz.Seeds#datagrams")
  @FuzzTest
  void decodesOrRefuses(@NotNull byte[] datagram) {
    for (TokenLengths tokenLengths : TokenLengths.values()) {
      decodeAndEncode(Bytes.copyOf(datagram), tokenLengths);
    }
  }

  /** Every field has one form only, so that encoding gives the very octets that were decoded. */
  private static void decodeAndEncode(Bytes datagram, TokenLengths tokenLengths) {
    Message message;
    try {
      message = UdpCodec.decode(datagram, tokenLengths);
    } catch (MessageFormatException refused) {
      assertThat(refused.offset()).isBetween(0, datagram.length());
      return;
    }
    assertThat(UdpCodec.encode(message, tokenLengths)).isEqualTo(datagram);
  }

  @MethodSource("dev.moat.fuzz.Seeds#datagrams")
  @FuzzTest
  void readsABlockOptionOrRefuses(@NotNull byte[] value) {
    BlockOption block;
    try {
      block = BlockOption.parse(Bytes.copyOf(value));
    } catch (IllegalArgumentException refused) {
      assertThat(value.length).isGreaterThan(3);
      return;
    }
    assertThat(BlockOption.parse(block.value())).isEqualTo(block);
    assertThat(block.offsetOctets()).isNotNegative();
  }
}
