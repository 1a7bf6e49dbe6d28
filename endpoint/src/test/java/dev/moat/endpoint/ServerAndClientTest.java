package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.engine.resource.Resource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerAndClientTest {
  private final Loopback loopback = new Loopback();

  @AfterEach
  void close() {
    loopback.close();
  }

  @Test
  void gets() {
    Outcome outcome = loopback.client.get(loopback.uri("/hello"));
    assertThat(response(outcome).code()).isEqualTo(Code.CONTENT);
    assertThat(response(outcome).payload().toUtf8()).isEqualTo("hi");
  }

  @Test
  void resolvesNamesOffTheLoop() {
    Outcome outcome = loopback.client.get("coap://localhost:" + loopback.server.port() + "/hello");
    assertThat(response(outcome).code()).isEqualTo(Code.CONTENT);
  }

  @Test
  void getsOverIpv6() {
    try (CoapServer server =
        CoapServer.builder()
            .port(0)
            .events(EventSink.NONE)
            .resource(Resource.at("/six").get(request -> Response.text(Code.CONTENT, "6")))
            .start()) {
      String path = ":" + server.port() + "/six";
      assertThat(response(loopback.client.get("coap://[::1]" + path)).payload().toUtf8())
          .isEqualTo("6");
      assertThat(response(loopback.client.get("coap://127.0.0.1" + path)).payload().toUtf8())
          .isEqualTo("6");
    }
  }

  @Test
  void putsPostsAndDeletesThroughTheFreshnessChallenge() {
    Bytes body = Bytes.utf8("content");
    String uri = loopback.uri("/store");
    assertThat(response(loopback.client.put(uri, body, ContentFormat.TEXT_PLAIN)).code())
        .isEqualTo(Code.CHANGED);
    assertThat(loopback.stored.get()).isEqualTo(body);
    Outcome posted = loopback.client.post(uri, body, ContentFormat.TEXT_PLAIN);
    assertThat(response(posted).payload()).isEqualTo(body);
    assertThat(response(loopback.client.delete(uri)).code()).isEqualTo(Code.DELETED);
    assertThat(loopback.stored.get().isEmpty()).isTrue();
  }

  @Test
  void movesBodiesOf64KibBothWaysInBlocks() {
    byte[] large = new byte[Loopback.LARGE];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 1024);
    }
    Bytes body = Bytes.owned(large);
    String uri = loopback.uri("/store");
    assertThat(response(loopback.client.put(uri, body, ContentFormat.OCTET_STREAM)).code())
        .isEqualTo(Code.CHANGED);
    assertThat(loopback.stored.get()).isEqualTo(body);
    assertThat(response(loopback.client.get(uri)).payload()).isEqualTo(body);
  }

  @Test
  void takesASeparateResponse() {
    assertThat(response(loopback.client.get(loopback.uri("/slow"))).payload().toUtf8())
        .isEqualTo("at last");
  }

  @Test
  void asksNonConfirmably() {
    ClientRequest request = ClientRequest.of(Code.GET, loopback.uri("/hello")).nonConfirmable();
    assertThat(response(loopback.client.send(request)).payload().toUtf8()).isEqualTo("hi");
  }

  @Test
  void saysNothingOfAHandlersFault() {
    Response answer = response(loopback.client.get(loopback.uri("/broken")));
    assertThat(answer.code()).isEqualTo(Code.INTERNAL_SERVER_ERROR);
    assertThat(answer.payload().isEmpty()).isTrue();
  }

  @Test
  void discovers() {
    Response answer = response(loopback.client.discover(loopback.uri("/")));
    assertThat(answer.code()).isEqualTo(Code.CONTENT);
    assertThat(answer.payload().toUtf8()).contains("</hello>", "</state>;obs", "</slow>");
  }

  @Test
  void pings() {
    assertThat(loopback.client.ping(loopback.uri("/"))).isPresent();
  }

  @Test
  void observesAndCancels() throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Outcome outcome = loopback.client.observe(loopback.uri("/state"), collecting(seen));
    assertThat(response(outcome).payload().toUtf8()).isEqualTo("state 0");
    assertThat(loopback.state.observers()).isEqualTo(1);
    loopback.state.set(Response.text(Code.CONTENT, "state 1"));
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("state 1");
    loopback.state.set(Response.text(Code.CONTENT, "state 2"));
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("state 2");
    Reply reply = ((Outcome.Responded) outcome).reply();
    ((Reply.Observed) reply).notifications().cancel();
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("end CANCELLED");
    // The server is told at once: nothing changes any more, so no Reset could tell it.
    for (int i = 0; i < 500 && loopback.state.observers() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(loopback.state.observers()).isZero();
    assertThat(seen).isEmpty();
  }

  @Test
  void endsAnObservationWithTheResource() throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Outcome outcome = loopback.client.observe(loopback.uri("/state"), collecting(seen));
    assertThat(response(outcome).code()).isEqualTo(Code.CONTENT);
    loopback.state.end(Response.of(Code.NOT_FOUND));
    // The last response itself, which has no payload, then the end.
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("end RESOURCE_ENDED");
  }

  @Test
  void refusesUnsecuredActuatorsUnlessAllowed() {
    try (CoapServer strict =
        CoapServer.builder()
            .port(0)
            .events(EventSink.NONE)
            .resource(Resource.at("/lock").put(request -> Response.of(Code.CHANGED)))
            .start()) {
      Outcome outcome =
          loopback.client.put(
              "coap://127.0.0.1:" + strict.port() + "/lock",
              Bytes.utf8("open"),
              ContentFormat.TEXT_PLAIN);
      assertThat(response(outcome).code()).isEqualTo(Code.UNAUTHORIZED);
    }
  }

  @Test
  void runsBlockingHandlersOnAnExecutor() {
    ExecutorService executor = Executors.newFixedThreadPool(1, r -> new Thread(r, "blocking"));
    try (CoapServer server =
        CoapServer.builder()
            .port(0)
            .events(EventSink.NONE)
            .offload(executor)
            .resource(
                Resource.at("/thread")
                    .get(r -> Response.text(Code.CONTENT, Thread.currentThread().getName())))
            .start()) {
      Outcome outcome = loopback.client.get("coap://127.0.0.1:" + server.port() + "/thread");
      assertThat(response(outcome).payload().toUtf8()).isEqualTo("blocking");
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void refusesAnUnsafeNonConfirmableRequestBeforeItLeaves() {
    ClientRequest request = ClientRequest.of(Code.PUT, loopback.uri("/store")).nonConfirmable();
    assertThatThrownBy(() -> loopback.client.send(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("confirmable");
  }

  private static Notifications.Listener collecting(BlockingQueue<String> seen) {
    return new Notifications.Listener() {
      @Override
      public void onNotification(Response notification) {
        seen.add(notification.payload().toUtf8());
      }

      @Override
      public void onEnd(Notifications.End reason) {
        seen.add("end " + reason);
      }
    };
  }
}
