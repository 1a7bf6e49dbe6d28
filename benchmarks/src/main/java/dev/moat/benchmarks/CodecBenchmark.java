package dev.moat.benchmarks;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.MessageFormatException;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read and to write a datagram. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private final Message request =
      new Message(
          MessageType.CON,
          0x1234,
          Code.GET,
          Bytes.of(1, 2, 3, 4),
          Options.of(
              Option.text(OptionNumber.URI_PATH, "sensors"),
              Option.text(OptionNumber.URI_PATH, "temperature"),
              Option.uint(OptionNumber.ACCEPT, 60)),
          Bytes.empty());
  private final Message response =
      new Message(
          MessageType.ACK,
          0x1234,
          Code.CONTENT,
          Bytes.of(1, 2, 3, 4),
          Options.of(Option.uint(OptionNumber.CONTENT_FORMAT, 60)),
          Bytes.owned(new byte[64]));
  private final Bytes requestOctets = UdpCodec.encode(request);

  /** A GET with three options. */
  @Benchmark
  public Message decodesARequest() throws MessageFormatException {
    return UdpCodec.decode(requestOctets);
  }

  /** A 2.05 with one option and 64 octets. */
  @Benchmark
  public Bytes encodesAResponse() {
    return UdpCodec.encode(response);
  }
}
