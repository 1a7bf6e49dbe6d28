package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.UdpCodec;
import dev.moat.coap.message.Code;
import dev.moat.coap.message.Message;
import dev.moat.coap.message.MessageType;
import dev.moat.coap.option.BlockOption;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.stack.Stack;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.stack.StackEvent;
import dev.moat.engine.Output;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Engine, block-wise transfers, Echo, policies and router together, among arbitrary datagrams. */
final class StackFuzzTest {
  /** The datagrams of the vectors, and a body that comes in three blocks. */
  static Stream<byte[]> seeds() {
    ByteWriter transfer = new ByteWriter(300);
    for (int number = 0; number < 3; number++) {
      Bytes block = block(new BlockOption(number, number < 2, 0)); // 16 octets each
      transfer.u8(0).u8(block.length()).bytes(block);
    }
    return Stream.concat(Script.seeds(), Stream.of(transfer.toBytes().toArray()));
  }

  private static Bytes block(BlockOption block) {
    Options options =
        Options.of(
            Option.text(OptionNumber.URI_PATH, "body"),
            new Option(OptionNumber.BLOCK1, block.value()),
            new Option(OptionNumber.REQUEST_TAG, Bytes.of(7)));
    Bytes payload = Bytes.utf8("sixteen octets !");
    return UdpCodec.encode(
        new Message(
            MessageType.CON, block.number(), Code.PUT, Bytes.of(block.number()), options, payload));
  }

  @MethodSource("seeds")
  @FuzzTest
  void survivesAnyDatagramsAndConcludesEveryRequest(@NotNull byte[] script) {
    StackPlayer player = new StackPlayer();
    Script.play(script, player);
    assertThat(player.faults).isEmpty();
  }

  /** A stack that serves and asks. */
  private static final class StackPlayer implements Script.Endpoint {
    private static final int MOST_BODY_OCTETS = 1 << 20;

    private final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "0"));
    private final List<CompletableFuture<Outcome>> asked = new ArrayList<>();
    private final List<StackEvent> faults = new ArrayList<>();
    private final Stack stack =
        Stack.of(
            StackConfig.defaults().withUnsecuredActuators(true),
            Router.of(
                Resource.at("/body")
                    .get(request -> Response.text(Code.CONTENT, "x".repeat(3_000)))
                    .put(StackPlayer::take)
                    .notAnActuator("a fuzzer's store"),
                Resource.at("/lock").put(StackPlayer::take),
                Resource.at("/state").observable(state)),
            new InsecureSeededRandom(1),
            event -> {
              if (event instanceof StackEvent fault) {
                faults.add(fault);
              }
            });
    private Script.@Nullable Sent newest;

    private static Response take(Request request) {
      assertThat(request.payload().length()).isLessThanOrEqualTo(MOST_BODY_OCTETS);
      assertThat(request.options().has(OptionNumber.BLOCK1)).as("a part of a body").isFalse();
      return Response.of(Code.CHANGED);
    }

    @Override
    public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
      stack.onDatagram(from, datagram, multicast, nowNanos);
      drain();
    }

    @Override
    public void onTimeout(long nowNanos) {
      stack.onTimeout(nowNanos);
      drain();
    }

    @Override
    public void close(long nowNanos) {
      assertThat(asked).as("concluded requests").allMatch(CompletableFuture::isDone);
      stack.close(nowNanos);
      drain();
    }

    @Override
    public long nextTimeoutNanos() {
      return stack.nextTimeoutNanos();
    }

    @Override
    public Script.@Nullable Sent newestSent() {
      return newest;
    }

    @Override
    public void act(int choice, Peer peer, long nowNanos) {
      switch (choice & 3) {
        case 0 -> ask(Request.to(peer, Code.GET, "/x"), nowNanos);
        case 1 ->
            ask(
                Request.to(peer, Code.PUT, "/x").withPayload(Bytes.utf8("x".repeat(9 * choice))),
                nowNanos);
        case 2 ->
            ask(
                Request.to(peer, Code.GET, "/x").with(Option.uint(OptionNumber.OBSERVE, 0)),
                nowNanos);
        default -> state.set(Response.text(Code.CONTENT, "s".repeat(choice)));
      }
      drain();
    }

    private void ask(Request request, long nowNanos) {
      asked.add(stack.request(request, nowNanos).toCompletableFuture());
    }

    private void drain() {
      Output.Transmit next = stack.pollTransmit();
      while (next != null) {
        newest = new Script.Sent(next.to(), next.datagram());
        next = stack.pollTransmit();
      }
    }
  }
}
