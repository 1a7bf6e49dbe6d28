package dev.moat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reliability;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.testkit.Arbitrary;
import dev.moat.testkit.Seeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two engines over a network that loses, doubles, delays and overtakes, all within MAX_LATENCY. */
class LossyNetworkTest {
  private static final long MILLISECOND = 1_000_000L;

  @Test
  @Tag("AT-09")
  @Tag("AT-10")
  void everyRequestRunsAtMostOnceAndEveryOutcomeIsTrue() {
    Seeded.check(60, arbitrary -> new Network(arbitrary).run(300, 40, 3_000));
  }

  /** About 24 hours, after which nothing is remembered. */
  @Test
  void leavesNothingBehindAfterADay() {
    Seeded.check(1, arbitrary -> new Network(arbitrary).run(8_640, 2_500, 20_000));
  }

  private static final class Network {
    private final Arbitrary arbitrary;
    private final int lossPercent;
    private final CoapEngine client;
    private final CoapEngine server;
    private final PriorityQueue<Flight> inFlight =
        new PriorityQueue<>(
            Comparator.comparingLong(Flight::atNanos).thenComparingLong(Flight::order));
    private final Map<Integer, Integer> runs = new HashMap<>();
    private final Map<Integer, Outcome> outcomes = new HashMap<>();
    private final List<Outbound> open = new ArrayList<>();
    private final List<Output.Arrived> unanswered = new ArrayList<>();
    private long now;
    private long order;
    private int sent;

    private record Flight(long atNanos, long order, boolean toServer, Bytes datagram) {}

    private Network(Arbitrary arbitrary) {
      this.arbitrary = arbitrary;
      lossPercent = arbitrary.between(0, 60);
      EngineConfig config =
          Driver.OPEN.withTransmission(
              TransmissionParameters.defaults().withNstart(arbitrary.between(1, 8)));
      client = new CoapEngine(config, arbitrary.random(), event -> {});
      server = new CoapEngine(config, arbitrary.random(), event -> {});
    }

    private void run(int steps, int requests, int longestPauseMillis) {
      for (int step = 0; step < steps; step++) {
        if (sent < requests && arbitrary.chance(30)) {
          send();
        }
        if (!open.isEmpty() && arbitrary.chance(2)) {
          client.cancel(arbitrary.pick(open), now);
        }
        if (!unanswered.isEmpty() && arbitrary.chance(50)) {
          answer(unanswered.remove(arbitrary.between(0, unanswered.size() - 1)));
        }
        drain();
        moveTo(now + arbitrary.between(0, longestPauseMillis) * MILLISECOND);
      }
      while (!unanswered.isEmpty()) {
        answer(unanswered.remove(0));
        drain();
      }
      moveTo(now + 1_500_000 * MILLISECOND);
      judge();
    }

    private void send() {
      int number = sent++;
      Code method = arbitrary.chance(50) ? Code.PUT : Code.GET;
      Request request =
          Request.to(Driver.BOB, method, "/lock")
              .with(Option.uint(OptionNumber.SIZE1, number))
              .withReliability(
                  arbitrary.chance(70) ? Reliability.CONFIRMABLE : Reliability.NON_CONFIRMABLE);
      open.add(client.send(request, now));
    }

    private void answer(Output.Arrived arrived) {
      int number = (int) arrived.request().options().uint(OptionNumber.SIZE1).orElseThrow();
      Response response =
          Response.of(Code.CONTENT).withPayload(Bytes.uint(number).plus(Bytes.of(1)));
      server.respond(arrived.exchange(), response, now);
    }

    private void moveTo(long end) {
      while (true) {
        long next = Math.min(client.nextTimeoutNanos(), server.nextTimeoutNanos());
        Flight flight = inFlight.peek();
        next = flight == null ? next : Math.min(next, flight.atNanos());
        if (next > end) {
          break;
        }
        now = Math.max(now, next);
        if (flight != null && flight.atNanos() <= now) {
          inFlight.remove();
          if (flight.toServer()) {
            server.onDatagram(Driver.ALICE, flight.datagram(), false, now);
          } else {
            client.onDatagram(Driver.BOB, flight.datagram(), false, now);
          }
        }
        client.onTimeout(now);
        server.onTimeout(now);
        drain();
      }
      now = end;
    }

    private void drain() {
      for (Output o = server.poll(); o != null; o = server.poll()) {
        if (o instanceof Output.Transmit transmit) {
          travel(transmit.datagram(), false);
        } else if (o instanceof Output.Arrived arrived) {
          int number = (int) arrived.request().options().uint(OptionNumber.SIZE1).orElseThrow();
          runs.merge(number, 1, Integer::sum);
          if (arbitrary.chance(70)) {
            answer(arrived);
          } else {
            unanswered.add(arrived);
          }
        }
      }
      for (Output o = client.poll(); o != null; o = client.poll()) {
        if (o instanceof Output.Transmit transmit) {
          travel(transmit.datagram(), true);
        } else if (o instanceof Output.Concluded concluded) {
          int number =
              (int) concluded.outcome().request().options().uint(OptionNumber.SIZE1).orElseThrow();
          assertThat(outcomes.put(number, concluded.outcome()))
              .as("concludes exactly once")
              .isNull();
          open.remove(concluded.exchange());
        }
      }
    }

    private void travel(Bytes datagram, boolean toServer) {
      int copies = arbitrary.chance(lossPercent) ? 0 : arbitrary.chance(20) ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        int delay = arbitrary.chance(80) ? arbitrary.between(1, 300) : arbitrary.between(1, 60_000);
        inFlight.add(new Flight(now + delay * MILLISECOND, order++, toServer, datagram));
      }
    }

    private void judge() {
      assertThat(outcomes).as("no exchange is left open").hasSize(sent);
      assertThat(client.load().openExchanges()).isZero();
      assertThat(server.load().openRequests()).isZero();
      assertThat(client.load()).isEqualTo(new EngineLoad(0, 0, 0, 0, 0, 0, 0, 0));
      assertThat(server.load()).isEqualTo(new EngineLoad(0, 0, 0, 0, 0, 0, 0, 0));
      outcomes.forEach(this::judge);
    }

    private void judge(int number, Outcome outcome) {
      int executed = runs.getOrDefault(number, 0);
      assertThat(executed).as("request %d", number).isLessThanOrEqualTo(1);
      if (outcome instanceof Outcome.Responded responded) {
        assertThat(executed).isEqualTo(1);
        assertThat(responded.response().payload())
            .as("its own answer")
            .isEqualTo(Bytes.uint(number).plus(Bytes.of(1)));
      } else if (outcome instanceof Outcome.NotDelivered) {
        assertThat(executed).isZero();
      }
    }
  }
}
