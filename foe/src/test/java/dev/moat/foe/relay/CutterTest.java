package dev.moat.foe.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.coap.codec.TcpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Options;
import dev.moat.foe.path.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units in a stream. */
class CutterTest {
  private static Bytes frame(int payloadOctets) {
    return TcpCodec.encode(
        new StreamMessage(
            Code.POST, Bytes.of(1, 2), Options.none(), Bytes.copyOf(new byte[payloadOctets])));
  }

  private static Bytes record(int octets) {
    return Bytes.of(23, 3, 3, octets >> 8, octets & 0xff).plus(Bytes.copyOf(new byte[octets]));
  }

  private static List<Bytes> cut(Transport transport, Bytes stream, int chunk) {
    Cutter cutter = Cutter.of(transport).make();
    List<Bytes> units = new ArrayList<>();
    for (int at = 0; at < stream.length(); at += chunk) {
      units.addAll(cutter.cut(stream.slice(at, Math.min(stream.length(), at + chunk))));
    }
    return units;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 1_000_000})
  void areFramesOfTheirLengthHoweverTheyCome(int chunk) {
    List<Bytes> frames =
        List.of(frame(0), frame(5), frame(12), frame(13), frame(300), frame(70_000), frame(1));
    Bytes stream = frames.stream().reduce(Bytes.empty(), Bytes::plus);
    if (chunk > 2) {
      assertThat(cut(Transport.TCP, stream, chunk)).isEqualTo(frames);
    } else {
      Bytes small = frames.subList(0, 4).stream().reduce(Bytes.empty(), Bytes::plus);
      assertThat(cut(Transport.TCP, small, chunk)).isEqualTo(frames.subList(0, 4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 64})
  void areRecordsUnderTls(int chunk) {
    List<Bytes> records = List.of(record(1), record(40), record(300));
    Bytes stream = records.stream().reduce(Bytes.empty(), Bytes::plus);
    assertThat(cut(Transport.TLS, stream, chunk)).isEqualTo(records);
    assertThat(cut(Transport.WSS, stream, chunk)).isEqualTo(records);
  }

  @Test
  void areWhatArrivedWhereNoLengthIsToBeHad() {
    Bytes reserved = Bytes.of(0x0f, 1, 2, 3);
    assertThat(cut(Transport.TCP, reserved, 4)).containsExactly(reserved);
    Bytes endless = Bytes.of(0xf1, 0xff, 0xff, 0xff, 0xff, 1, 2);
    assertThat(cut(Transport.TCP, endless, 7)).containsExactly(endless);
  }
}
