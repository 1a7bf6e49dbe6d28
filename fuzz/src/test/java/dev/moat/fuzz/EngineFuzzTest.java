package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.CoapEngine;
import dev.moat.engine.EngineConfig;
import dev.moat.engine.EngineLimits;
import dev.moat.engine.Inbound;
import dev.moat.engine.Observation;
import dev.moat.engine.Outbound;
import dev.moat.engine.Output;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The message layer among arbitrary datagrams, with little room: it keeps its promises and comes to
 * rest.
 */
final class EngineFuzzTest {
  @MethodSource("dev.moat.fuzz.Script#seeds")
  @FuzzTest
  void survivesAnyDatagramsAndConcludesEveryRequestOnce(@NotNull byte[] script) {
    EnginePlayer player = new EnginePlayer();
    Script.play(script, player);
    assertThat(player.engine.poll()).isNull();
  }

  /** An engine with an application that answers, observes, delays and asks as it is told. */
  private static final class EnginePlayer implements Script.Endpoint {
    /** For one datagram or time-out: nothing that comes in may set off a storm. */
    private static final int MOST_OUTPUTS = 500;

    private static final EngineLimits TIGHT =
        EngineLimits.defaults()
            .withDedup(16, 4_096)
            .withDedupPerPeer(8, 2_048)
            .withOpen(8, 8, 4)
            .withObservations(4, 3)
            .withPeers(3);

    private final CoapEngine engine =
        new CoapEngine(
            EngineConfig.defaults().withLimits(TIGHT), new InsecureSeededRandom(1), EventSink.NONE);
    private final Set<Outbound> sent = new HashSet<>();
    private final Set<Outbound> concluded = new HashSet<>();
    private final List<Inbound> waiting = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();
    private int mood;
    private Script.@Nullable Sent newest;

    @Override
    public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
      engine.onDatagram(from, datagram, multicast, nowNanos);
      drain(nowNanos);
    }

    @Override
    public void onTimeout(long nowNanos) {
      engine.onTimeout(nowNanos);
      drain(nowNanos);
    }

    @Override
    public void close(long nowNanos) {
      assertThat(sent).as("requests that never concluded").isEmpty();
      engine.close(nowNanos);
      drain(nowNanos);
    }

    @Override
    public long nextTimeoutNanos() {
      return engine.nextTimeoutNanos();
    }

    @Override
    public Script.@Nullable Sent newestSent() {
      return newest;
    }

    @Override
    public void act(int choice, Peer peer, long nowNanos) {
      mood = choice;
      switch (choice & 7) {
        case 0, 1 -> sent.add(engine.send(request(choice, peer), nowNanos));
        case 2 -> sent.stream().findFirst().ifPresent(out -> engine.cancel(out, nowNanos));
        case 3 -> {
          var unused = engine.ping(peer, nowNanos);
        }
        case 4 -> answerWaiting(nowNanos);
        case 5 -> observations.stream().findFirst().ifPresent(o -> change(o, choice, nowNanos));
        case 6 -> failNewest(nowNanos);
        default -> concluded.stream().findFirst().ifPresent(out -> engine.cancel(out, nowNanos));
      }
      drain(nowNanos);
    }

    private void failNewest(long nowNanos) {
      Script.Sent failed = newest;
      if (failed != null) {
        engine.onSendFailed(failed.to(), failed.datagram(), nowNanos);
      }
    }

    private static Request request(int choice, Peer peer) {
      Request request = Request.to(peer, Code.of(0, 1 + (choice >> 3 & 3)), "/x");
      return (choice & 1) == 0 ? request : request.withReliability(Reliability.NON_CONFIRMABLE);
    }

    private void answerWaiting(long nowNanos) {
      if (!waiting.isEmpty()) {
        engine.respond(waiting.remove(0), Response.text(Code.CONTENT, "late"), nowNanos);
      }
    }

    private void change(Observation observation, int choice, long nowNanos) {
      if ((choice & 8) == 0) {
        engine.notify(observation, Response.text(Code.CONTENT, "new"), nowNanos);
      } else {
        engine.end(observation, Response.of(Code.NOT_FOUND), nowNanos);
      }
    }

    private void drain(long nowNanos) {
      int outputs = 0;
      for (Output output = engine.poll(); output != null; output = engine.poll()) {
        assertThat(++outputs).as("outputs for one input").isLessThan(MOST_OUTPUTS);
        handle(output, nowNanos);
      }
    }

    private void handle(Output output, long nowNanos) {
      if (output instanceof Output.Transmit transmit) {
        newest = new Script.Sent(transmit.to(), transmit.datagram());
      } else if (output instanceof Output.Arrived arrived) {
        answer(arrived, nowNanos);
      } else if (output instanceof Output.Concluded end) {
        assertThat(concluded.add(end.exchange())).as("concluded once").isTrue();
        sent.remove(end.exchange());
      } else if (output instanceof Output.ObservationEnded ended) {
        assertThat(observations.remove(ended.observation())).as("ended once").isTrue();
      }
    }

    private void answer(Output.Arrived arrived, long nowNanos) {
      Response response = Response.text(Code.CONTENT, "x".repeat(mood));
      switch (mood >> 6) {
        case 0 -> engine.respond(arrived.exchange(), response, nowNanos);
        case 1 ->
            engine.observe(arrived.exchange(), response, nowNanos).ifPresent(observations::add);
        default -> waiting.add(arrived.exchange());
      }
    }
  }
}
