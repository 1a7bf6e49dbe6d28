package dev.moat.endpoint.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.engine.stream.Connection.Framing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Requests, bodies and observations between two whole stacks over connections. */
class StreamStackTest {
  private final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "first"));
  private final List<Request> arrived = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final StackConfig open = StackConfig.defaults().withUnsecuredActuators(true);
  private final StreamWire wire = new StreamWire(open, open, router());

  private Router router() {
    return Router.of(
        Resource.at("/lock")
            .get(this::locked)
            .put(
                request -> {
                  arrived.add(request);
                  return Response.of(Code.CHANGED);
                }),
        Resource.at("/state").observable(state));
  }

  private Response locked(Request request) {
    arrived.add(request);
    return Response.text(Code.CONTENT, "locked");
  }

  @Test
  void getsOverTcpAndWebSockets() {
    for (Framing framing : Framing.values()) {
      StreamWire there = new StreamWire(framing, open, open, router());
      StreamWire.Link link = there.connect();
      Response response = there.response(Request.to(link.atClient, Code.GET, "/lock"));
      assertThat(response.payload().toUtf8()).isEqualTo("locked");
      assertThat(there.sent).hasSize(4); // two CSMs, a request, a response
    }
  }

  @Test
  void tellsResourcesHowARequestCame() {
    StreamWire.Link link = wire.connect();
    var unused = wire.response(Request.to(link.atClient, Code.GET, "/lock"));
    Request request = arrived.get(0);
    assertThat(request.peer()).isEqualTo(link.atServer);
    assertThat(request.arrival().addressProven()).isTrue();
    assertThat(request.arrival().security()).isEqualTo(Arrival.Security.NONE);
    assertThat(request.arrival().datagramOctets()).isEqualTo(wire.sent.get(2).octets().length());
    assertThat(request.context().find(PeerIdentity.KEY)).contains(new PeerIdentity.Anonymous());
  }

  @Test
  void putsWithAChallengeOnTheWay() {
    StreamWire.Link link = wire.connect();
    Request put = Request.to(link.atClient, Code.PUT, "/lock").withPayload(Bytes.utf8("open"));
    assertThat(wire.response(put).code()).isEqualTo(Code.CHANGED);
    assertThat(arrived).hasSize(1);
    assertThat(wire.sent).hasSize(6); // 4.01 with Echo, and the request once more
  }

  @Test
  void pings() {
    StreamWire.Link link = wire.connect();
    CompletionStage<OptionalLong> pong = wire.client.ping(link.atClient, wire.now());
    wire.settle();
    assertThat(pong.toCompletableFuture().join()).hasValue(0);
  }

  @Nested
  class Observing {
    @Test
    void notifiesUntilTheClientDeregisters() {
      StreamWire.Link link = wire.connect();
      Notifications notifications = observe(link);
      set("second");
      set("third");
      assertThat(heard).containsExactly("first", "second", "third");
      notifications.cancel();
      wire.settle();
      assertThat(state.observers()).isZero();
      set("fourth");
      assertThat(heard).containsExactly("first", "second", "third", "CANCELLED");
      assertThat(wire.client.load().openExchanges()).isZero();
      assertThat(wire.server.load().observations()).isZero();
    }

    @Test
    void endsWithItsConnectionOnBothSides() {
      StreamWire.Link link = wire.connect();
      var unused = observe(link);
      wire.breakOff(link);
      assertThat(heard).containsExactly("first", "CONNECTION_LOST");
      assertThat(state.observers()).isZero();
    }

    private Notifications observe(StreamWire.Link link) {
      Request registration =
          Request.to(link.atClient, Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0));
      Outcome outcome = wire.outcome(registration);
      Reply reply = ((Outcome.Responded) outcome).reply();
      heard.add(reply.first().payload().toUtf8());
      Notifications notifications = ((Reply.Observed) reply).notifications();
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
      wire.settle();
      return notifications;
    }

    private void set(String text) {
      wire.pass(Duration.ofSeconds(1));
      state.set(Response.text(Code.CONTENT, text));
      wire.settle();
    }
  }
}
