package dev.moat.benchmarks;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.engine.CoapEngine;
import dev.moat.engine.EngineConfig;
import dev.moat.engine.Output;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.util.Random;
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

/**
 * What Moat adds to the system calls: a piggybacked GET from datagram to datagram, every one of
 * them new to the de-duplication, through the engine alone and through the whole stack.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EngineBenchmark {
  private static final int PEERS = 64;
  private static final long REQUEST_NANOS = 10_000;

  private final Random seeded = new Random(1);
  private final Response hello = Response.text(Code.CONTENT, "hello world");
  private final CoapEngine engine =
      new CoapEngine(EngineConfig.defaults(), seeded::nextBytes, EventSink.NONE);
  private final Stack stack =
      Stack.of(
          StackConfig.defaults(),
          Router.of(Resource.at("/hello").get(request -> hello)),
          seeded::nextBytes,
          EventSink.NONE);
  private final Peer[] peers = new Peer[PEERS];
  private long nowNanos;
  private int count;

  /** Makes the peers. */
  public EngineBenchmark() {
    for (int i = 0; i < PEERS; i++) {
      peers[i] = Peer.of(Bytes.of(127, 0, 0, 1), 20_000 + i);
    }
  }

  /** Engine alone: decode, de-duplicate, answer, encode. */
  @Benchmark
  public Bytes engine() {
    nowNanos += REQUEST_NANOS;
    engine.onDatagram(peers[count % PEERS], nextRequest(), false, nowNanos);
    Bytes sent = Bytes.empty();
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      if (output instanceof Output.Arrived arrived) {
        engine.respond(arrived.exchange(), hello, nowNanos);
      } else if (output instanceof Output.Transmit transmit) {
        sent = transmit.datagram();
      }
    }
    return sent;
  }

  /** The stack: also every filter, the router and a handler. */
  @Benchmark
  public Bytes stack() {
    nowNanos += REQUEST_NANOS;
    stack.onDatagram(peers[count % PEERS], nextRequest(), false, nowNanos);
    Output.Transmit transmit = stack.pollTransmit();
    return transmit == null ? Bytes.empty() : transmit.datagram();
  }

  /** CON GET /hello with a token of 4 octets; each peer counts its Message IDs up. */
  private Bytes nextRequest() {
    int messageId = count++ / PEERS;
    byte[] octets = {
      0x44,
      1,
      (byte) (messageId >> 8),
      (byte) messageId,
      (byte) (count >> 24),
      (byte) (count >> 16),
      (byte) (count >> 8),
      (byte) count,
      (byte) 0xb5,
      'h',
      'e',
      'l',
      'l',
      'o'
    };
    return Bytes.owned(octets);
  }
}
