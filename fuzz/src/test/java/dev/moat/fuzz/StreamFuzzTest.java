package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.Deframer;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.codec.TokenLengths;
import dev.moat.coap.codec.WsCodec;
import dev.moat.coap.signal.ConnectionStart;
import dev.moat.coap.signal.Signal;
import dev.moat.coap.signal.SignalException;
import dev.moat.coap.signal.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets from anywhere on TCP and WebSockets (RFC 8323). */
final class StreamFuzzTest {
  private static final int LIMIT = 1152;

  @MethodSource("dev.moat.fuzz.Seeds#streams")
  @FuzzTest
  void decodesOneMessageOrRefuses(@NotNull byte[] octets) {
    Bytes message = Bytes.copyOf(octets);
    for (TokenLengths lengths : TokenLengths.values()) {
      decodeAndEncode(message, o -> TcpCodec.decode(o, lengths), m -> TcpCodec.encode(m, lengths));
      decodeAndEncode(message, o -> WsCodec.decode(o, lengths), m -> WsCodec.encode(m, lengths));
    }
  }

  /** Every field has one form only; but of an Empty message's content nothing is kept. */
  private static void decodeAndEncode(Bytes octets, Decoder decoder, Encoder encoder) {
    StreamMessage message;
    try {
      message = decoder.decode(octets);
    } catch (MessageFormatException refused) {
      assertThat(refused.offset()).isBetween(0, octets.length());
      return;
    }
    if (!message.isEmpty()) {
      assertThat(encoder.encode(message)).isEqualTo(octets);
    }
  }

  /** The first octet says how the stream is cut. */
  @MethodSource("dev.moat.fuzz.Seeds#streams")
  @FuzzTest
  void findsTheSameMessagesHoweverTheStreamIsCut(@NotNull byte[] input) {
    if (input.length == 0) {
      return;
    }
    Bytes stream = Bytes.copyOf(input, 1, input.length - 1);
    Found whole = found(stream, Math.max(1, stream.length()));
    assertThat(found(stream, 1 + (input[0] & 0xff))).isEqualTo(whole);
    assertThat(found(stream, 1)).isEqualTo(whole);
  }

  private static Found found(Bytes stream, int chunkOctets) {
    Deframer deframer = new Deframer(LIMIT);
    List<StreamMessage> messages = new ArrayList<>();
    try {
      for (int at = 0; at < stream.length(); at += chunkOctets) {
        deframer.feed(stream.slice(at, Math.min(stream.length(), at + chunkOctets)));
        for (var next = deframer.next(); next.isPresent(); next = deframer.next()) {
          messages.add(next.get());
        }
        assertThat(deframer.octetsWaiting()).isLessThan(LIMIT);
      }
      return new Found(messages, Optional.empty());
    } catch (MessageFormatException refused) {
      return new Found(messages, Optional.of(refused.getMessage()));
    }
  }

  @MethodSource("dev.moat.fuzz.Seeds#streams")
  @FuzzTest
  void readsSignalsOrAborts(@NotNull byte[] octets) {
    ConnectionStart start = new ConnectionStart();
    for (StreamMessage message : found(Bytes.copyOf(octets), Math.max(1, octets.length)).messages) {
      try {
        Optional<Signal> signal = start.signal(message);
        signal.ifPresent(StreamFuzzTest::assertReadsBack);
      } catch (SignalException refused) {
        assertReadsBack(refused.answer());
      }
    }
  }

  private static void assertReadsBack(Signal signal) {
    try {
      assertThat(Signals.read(Signals.write(signal))).isEqualTo(signal);
    } catch (SignalException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private record Found(List<StreamMessage> messages, Optional<String> refusal) {}

  @FunctionalInterface
  private interface Decoder {
    StreamMessage decode(Bytes octets) throws MessageFormatException;
  }

  @FunctionalInterface
  private interface Encoder {
    Bytes encode(StreamMessage message);
  }
}
