package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.engine.stream.StreamLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Connections that cut messages anywhere, break, and stall. */
class StreamFaultsTest {
  private static final StackConfig OPEN = StackConfig.defaults().withUnsecuredActuators(true);
  private static final StreamLoad NOTHING = new StreamLoad(0, 0, 0, 0, 0, 0, 0, 0);

  private final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "first"));
  private final List<String> heard = new ArrayList<>();
  private int moved;

  private StreamWire wire() {
    return new StreamWire(
        OPEN,
        OPEN,
        Router.of(
            Resource.at("/lock")
                .get(request -> Response.text(Code.CONTENT, "locked"))
                .put(
                    request -> {
                      moved++;
                      return Response.of(Code.CHANGED);
                    }),
            Resource.at("/state").observable(state)));
  }

  @Test
  void understandsMessagesCutAtEveryOctet() {
    int longest = 0;
    for (int at = 1; at <= Math.max(1, longest); at++) {
      StreamWire wire = wire();
      int cut = at;
      wire.cuts(octets -> cutAt(octets, cut));
      session(wire);
      longest = wire.sent.stream().mapToInt(frame -> frame.octets().length()).max().orElse(0);
    }
    assertThat(longest).isGreaterThan(30);
  }

  @Test
  void understandsOctetsOneByOne() {
    StreamWire wire = wire();
    wire.cuts(
        octets -> {
          List<Bytes> each = new ArrayList<>();
          for (int i = 0; i < octets.length(); i++) {
            each.add(octets.slice(i, i + 1));
          }
          return each;
        });
    session(wire);
  }

  @Test
  void leavesNothingBehindWhereverAConnectionBreaksWithinAMessage() {
    boolean whole = false;
    for (int at = 0; !whole; at++) {
      StreamWire wire = wire();
      StreamWire.Link link = wire.connect();
      List<StreamWire.Frame> taken = new ArrayList<>();
      wire.middle(
          frame -> {
            taken.add(frame);
            return List.of();
          });
      CompletionStage<Outcome> outcome = wire.request(put(link));
      Bytes request = taken.get(0).octets();
      whole = at == request.length();
      moved = 0;
      wire.inject(taken.get(0).with(request.slice(0, at)));
      wire.breakOff(link);
      assertThat(StreamWire.now(outcome))
          .isInstanceOfSatisfying(
              Outcome.Unknown.class,
              unknown -> assertThat(unknown.doubt()).isEqualTo(Outcome.Doubt.CONNECTION_LOST));
      assertThat(moved).isZero(); // it was to be challenged
      assertThat(wire.client.load()).isEqualTo(NOTHING);
      assertThat(wire.server.load()).isEqualTo(NOTHING);
    }
  }

  @Test
  void answersWholeRandomSchedulesAndTheSameOnesAlike() {
    for (long seed = 1; seed <= 60; seed++) {
      List<Bytes> once = schedule(seed, 80, Duration.ofSeconds(20));
      assertThat(schedule(seed, 80, Duration.ofSeconds(20))).as("seed %d", seed).isEqualTo(once);
    }
  }

  /** Requests, notifications, stalls, breaks and reconnects, about one event in ten seconds. */
  @Test
  void leavesNothingBehindAfterADay() {
    assertThat(schedule(4711, 8_640, Duration.ofSeconds(20))).hasSizeGreaterThan(10_000);
  }

  /** What was sent. At the end every request is concluded, and nothing is held. */
  private List<Bytes> schedule(long seed, int steps, Duration longestPause) {
    Random random = new Random(seed);
    state.set(Response.text(Code.CONTENT, "first"));
    StreamWire wire = wire();
    wire.cuts(octets -> cutAt(octets, 1 + random.nextInt(40)));
    List<CompletionStage<Outcome>> open = new ArrayList<>();
    StreamWire.Link link = wire.connect();
    int begun = 0;
    for (int i = 0; i < steps; i++) {
      if (!link.open) {
        link = wire.connect();
      }
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> open.add(wire.request(get(link)));
        case 4 -> open.add(wire.request(put(link)));
        case 5 -> open.add(wire.request(registration(link)));
        case 6 -> {
          state.set(Response.text(Code.CONTENT, "state " + ++begun));
          wire.settle();
        }
        case 7 -> {
          wire.server.onWritable(link.atServer, random.nextBoolean(), wire.now());
          wire.settle();
        }
        case 8 -> {
          wire.client.onWritable(link.atClient, random.nextBoolean(), wire.now());
          wire.settle();
        }
        default -> {
          if (random.nextInt(5) == 0) {
            wire.breakOff(link);
          }
        }
      }
      wire.pass(longestPause.multipliedBy(random.nextInt(100)).dividedBy(100));
      assertThat(wire.server.load().observations()).isLessThanOrEqualTo(64);
    }
    wire.breakOff(link);
    wire.pass(Duration.ofMinutes(10));
    assertThat(open).as("seed %d", seed).allMatch(stage -> stage.toCompletableFuture().isDone());
    assertThat(wire.client.load()).as("seed %d", seed).isEqualTo(NOTHING);
    assertThat(wire.server.load()).as("seed %d", seed).isEqualTo(NOTHING);
    assertThat(state.observers()).as("seed %d", seed).isZero();
    return wire.sent.stream().map(StreamWire.Frame::octets).toList();
  }

  private void session(StreamWire wire) {
    heard.clear();
    state.set(Response.text(Code.CONTENT, "first"));
    StreamWire.Link link = wire.connect();
    assertThat(wire.response(get(link)).payload().toUtf8()).isEqualTo("locked");
    assertThat(wire.response(put(link)).code()).isEqualTo(Code.CHANGED);
    Outcome outcome = wire.outcome(registration(link));
    Notifications notifications =
        ((Reply.Observed) ((Outcome.Responded) outcome).reply()).notifications();
    notifications.subscribe(new Heard());
    state.set(Response.text(Code.CONTENT, "second"));
    wire.settle();
    notifications.cancel();
    wire.settle();
    assertThat(heard).containsExactly("second", "CANCELLED");
    wire.client.close(wire.now());
    wire.settle();
    assertThat(wire.server.load()).isEqualTo(NOTHING);
  }

  private static List<Bytes> cutAt(Bytes octets, int at) {
    return at < octets.length()
        ? List.of(octets.slice(0, at), octets.slice(at, octets.length()))
        : List.of(octets);
  }

  private static Request get(StreamWire.Link link) {
    return Request.to(link.atClient, Code.GET, "/lock");
  }

  private static Request put(StreamWire.Link link) {
    return Request.to(link.atClient, Code.PUT, "/lock").withPayload(Bytes.utf8("open"));
  }

  private static Request registration(StreamWire.Link link) {
    return Request.to(link.atClient, Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0));
  }

  private final class Heard implements Notifications.Listener {
    @Override
    public void onNotification(Response notification) {
      heard.add(notification.payload().toUtf8());
    }

    @Override
    public void onEnd(Notifications.End reason) {
      heard.add(reason.name());
    }
  }
}
