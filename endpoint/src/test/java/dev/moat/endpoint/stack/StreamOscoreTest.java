package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.codec.StreamMessage;
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
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.filter.OscoreEvent;
import dev.moat.oscore.filter.RequestOrder;
import dev.moat.oscore.filter.SecuredBy;
import dev.moat.oscore.filter.ServerSecurity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * OSCORE over connections, with somebody on the way who takes whole messages away or delays them.
 */
class StreamOscoreTest {
  private final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "first"));
  private final List<String> moved = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final SecurityContext context = OscoreRig.derive(OscoreRig.parameters(7), 0);
  private final StreamWire wire = wire(RequestOrder.NEXT);

  private StreamWire wire(RequestOrder order) {
    ContextParameters parameters = OscoreRig.parameters(7);
    ContextTable table = new ContextTable();
    table.add(OscoreRig.derive(parameters.reversed(), 0));
    OscoreConfig server =
        OscoreConfig.of(table).withServer(ServerSecurity.of(table).withOrder(order));
    return new StreamWire(
        StackConfig.defaults().withOscore(OscoreConfig.forRequestsOnly()),
        StackConfig.defaults().withOscore(server),
        Router.of(
            Resource.at("/lock")
                .get(request -> Response.text(Code.CONTENT, "locked"))
                .put(this::move),
            Resource.at("/body")
                .get(r -> Response.of(Code.CONTENT).withPayload(Bytes.owned(new byte[65536])))
                .put(r -> Response.text(Code.CHANGED, "got " + r.payload().length())),
            Resource.at("/state").observable(state).securedOnly()));
  }

  private Response move(Request request) {
    moved.add(request.payload().toUtf8());
    return Response.of(Code.CHANGED);
  }

  @Test
  void movesALockAfterAChallenge() {
    StreamWire.Link link = wire.connect();
    assertThat(wire.response(put(link, "open")).code()).isEqualTo(Code.CHANGED);
    assertThat(moved).containsExactly("open");
    assertThat(wire.sent).hasSize(2 + 4);
  }

  @Test
  void carriesLongBodiesInBertBlocksInside() {
    StreamWire.Link link = wire.connect();
    assertThat(wire.response(secured(link, Code.GET, "/body")).payload().length()).isEqualTo(65536);
    Request put = secured(link, Code.PUT, "/body").withPayload(Bytes.owned(new byte[65536]));
    assertThat(wire.response(put).payload().toUtf8()).isEqualTo("got 65536");
    assertThat(wire.sent).hasSize(2 + 2 * 4 + 2 + 2 * 4);
    assertThat(wire.sent).allMatch(frame -> frame.octets().length() <= 16 * 1024 + 512);
  }

  @Test
  void observesAndDeregistersUnderProtection() {
    StreamWire.Link link = wire.connect();
    Outcome outcome =
        wire.outcome(secured(link, Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0)));
    Notifications notifications =
        ((Reply.Observed) ((Outcome.Responded) outcome).reply()).notifications();
    notifications.subscribe(
        new Notifications.Listener() {
          @Override
          public void onNotification(Response notification) {
            heard.add(notification.payload().toUtf8());
          }

          @Override
          public void onEnd(Notifications.End reason) {
            heard.add(reason.name());
          }
        });
    state.set(Response.text(Code.CONTENT, "second"));
    wire.settle();
    notifications.cancel();
    wire.settle();
    assertThat(heard).containsExactly("second", "CANCELLED");
    assertThat(state.observers()).isZero();
  }

  @Nested
  @Tag("AT-17")
  class InOrder {
    @Test
    void refusesWhatComesAfterAGapAndTellsTheClientUnderProtection() {
      StreamWire.Link link = wire.connect();
      assertThat(wire.response(get(link)).code()).isEqualTo(Code.CONTENT);
      wire.middle(frame -> frame.toServer() ? List.of() : List.of(frame));
      CompletionStage<Outcome> taken = wire.request(get(link));
      wire.middle(List::of);
      Response refused = wire.response(put(link, "open"));
      assertThat(refused.code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(refused.payload().toUtf8()).contains("out of order");
      assertThat(moved).isEmpty();
      assertThat(taken.toCompletableFuture()).isNotDone();
      assertThat(wire.events(OscoreEvent.OutOfOrder.class))
          .singleElement()
          .satisfies(event -> assertThat(event.describe()).endsWith("Partial IV 2 where 1 is due"));
      // One request was missing, and one is refused: the connection goes on.
      assertThat(wire.response(put(link, "shut")).code()).isEqualTo(Code.CHANGED);
    }

    @Test
    void refusesBothOfTwoRequestsThatChangedPlaces() {
      StreamWire.Link link = wire.connect();
      assertThat(wire.response(put(link, "shut")).code()).isEqualTo(Code.CHANGED);
      List<StreamWire.Frame> held = new ArrayList<>();
      wire.middle(
          frame -> {
            if (frame.toServer() && held.isEmpty()) {
              held.add(frame);
              return List.of();
            }
            return List.of(frame);
          });
      CompletionStage<Outcome> first = wire.request(put(link, "open"));
      CompletionStage<Outcome> second = wire.request(put(link, "shut"));
      wire.inject(held.get(0));
      assertThat(responseOf(first).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(responseOf(second).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(moved).containsExactly("shut");
      assertThat(wire.events(OscoreEvent.OutOfOrder.class)).hasSize(2);
    }

    @Test
    void refusesAReplayOnTheSameAndOnAnotherConnection() {
      StreamWire.Link link = wire.connect();
      assertThat(wire.response(put(link, "open")).code()).isEqualTo(Code.CHANGED);
      Bytes last = lastRequest();
      wire.inject(new StreamWire.Frame(link, true, last, false));
      StreamWire.Link other = wire.connect();
      wire.inject(new StreamWire.Frame(other, true, last, false));
      assertThat(moved).containsExactly("open");
      assertThat(wire.events(OscoreEvent.ReplayDetected.class)).hasSize(2);
    }

    @Test
    void refusesAFirstRequestOlderThanOthersBefore() {
      StreamWire.Link link = wire.connect();
      List<StreamWire.Frame> held = new ArrayList<>();
      wire.middle(
          frame -> {
            held.add(frame);
            return List.of();
          });
      var unused = wire.request(get(link));
      wire.middle(List::of);
      wire.breakOff(link);
      StreamWire.Link second = wire.connect();
      assertThat(wire.response(get(second)).code()).isEqualTo(Code.CONTENT);
      // The replay window would take it, on a connection of its own.
      StreamWire.Link third = wire.connect();
      int before = wire.sent.size();
      wire.inject(new StreamWire.Frame(third, true, held.get(0).octets(), false));
      assertThat(wire.sent).hasSize(before + 1);
      assertThat(wire.events(OscoreEvent.OutOfOrder.class)).hasSize(1);
    }

    @Test
    void acceptsGapsWhereConfiguredTo() {
      StreamWire lax = wire(RequestOrder.WINDOW);
      StreamWire.Link link = lax.connect();
      assertThat(lax.response(get(link)).code()).isEqualTo(Code.CONTENT);
      lax.middle(frame -> List.of());
      var unused = lax.request(get(link));
      lax.middle(List::of);
      assertThat(lax.response(get(link)).code()).isEqualTo(Code.CONTENT);
    }
  }

  private Bytes lastRequest() {
    List<Bytes> requests =
        wire.sent.stream()
            .filter(frame -> frame.toServer() && isRequest(frame.message()))
            .map(StreamWire.Frame::octets)
            .toList();
    return requests.get(requests.size() - 1);
  }

  private static boolean isRequest(StreamMessage message) {
    return message.code().isRequest();
  }

  private static Response responseOf(CompletionStage<Outcome> stage) {
    return ((Outcome.Responded) StreamWire.now(stage)).response();
  }

  private Request get(StreamWire.Link link) {
    return secured(link, Code.GET, "/lock");
  }

  private Request put(StreamWire.Link link, String text) {
    return secured(link, Code.PUT, "/lock").withPayload(Bytes.utf8(text));
  }

  private Request secured(StreamWire.Link link, Code method, String path) {
    return SecuredBy.secured(Request.to(link.atClient, method, path), context);
  }
}
