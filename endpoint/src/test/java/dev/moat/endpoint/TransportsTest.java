package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One server, one client, and nothing but URIs and credentials to choose the transport. */
@Timeout(60)
class TransportsTest {
  private static AllSchemes served;
  private static CoapServer server;
  private static CoapClient client;

  @BeforeAll
  static void start() {
    served = new AllSchemes();
    server = served.startAll();
    client = AllSchemes.client(AllSchemes.TLS.client());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void gets(Scheme scheme) {
    assertThat(text(client.get(uri(scheme, "/hello")))).isEqualTo("hi");
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void findsTheServerByName(Scheme scheme) {
    String uri = scheme + "://localhost:" + server.port(scheme) + "/hello";
    assertThat(text(client.get(uri))).isEqualTo("hi");
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void movesBodiesOf64KibBothWays(Scheme scheme) {
    byte[] large = new byte[Loopback.LARGE];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 1024 + scheme.ordinal());
    }
    Bytes body = Bytes.owned(large);
    String uri = uri(scheme, "/store");
    assertThat(response(client.put(uri, body, ContentFormat.OCTET_STREAM)).code())
        .isEqualTo(Code.CHANGED);
    assertThat(served.stored.get()).isEqualTo(body);
    assertThat(response(client.get(uri)).payload()).isEqualTo(body);
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void observesAndCancels(Scheme scheme) throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    served.state.set(AllSchemes.text("before " + scheme));
    Outcome outcome = client.observe(uri(scheme, "/state"), AllSchemes.collecting(seen));
    assertThat(text(outcome)).isEqualTo("before " + scheme);
    served.state.set(AllSchemes.text("after " + scheme));
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("after " + scheme);
    Reply reply = ((Outcome.Responded) outcome).reply();
    ((Reply.Observed) reply).notifications().cancel();
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("end CANCELLED");
    for (int i = 0; i < 500 && served.state.observers() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(served.state.observers()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void pings(Scheme scheme) {
    assertThat(client.ping(uri(scheme, "/"))).isPresent();
  }

  /** Freshness is demanded as well: security says who asks, not when. */
  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void letsActuatorsActUnderTransportSecurityOnly(Scheme scheme) {
    served.events.clear();
    Response answer =
        response(client.put(uri(scheme, "/lock"), Bytes.utf8("open"), ContentFormat.TEXT_PLAIN));
    assertThat(answer.code()).isEqualTo(scheme.isSecured() ? Code.CHANGED : Code.UNAUTHORIZED);
    assertThat(served.events.stream().anyMatch(e -> e.describe().contains("challenged")))
        .isEqualTo(scheme.isSecured());
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void servesWhatIsSecuredUnderTransportSecurityOnly(Scheme scheme) {
    assertThat(response(client.get(uri(scheme, "/secret"))).code())
        .isEqualTo(scheme.isSecured() ? Code.CONTENT : Code.UNAUTHORIZED);
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void tellsHandlersWhoAsks(Scheme scheme) {
    String words = text(client.get(uri(scheme, "/whoami")));
    if (scheme.isSecured()) {
      assertThat(words).isEqualTo("certificate of CN=phone");
    } else {
      assertThat(words).isIn("nobody", "anonymous");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#connected")
  void sharesOneConnection(Scheme scheme) {
    served.peers.clear();
    List<CompletableFuture<Outcome>> open = new ArrayList<>();
    try (CoapClient another = AllSchemes.client(AllSchemes.TLS.client())) {
      for (int i = 0; i < 16; i++) {
        open.add(another.getAsync(uri(scheme, "/hello")).toCompletableFuture());
      }
      open.forEach(outcome -> assertThat(text(outcome.join())).isEqualTo("hi"));
    }
    assertThat(served.peers).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void refusesToBlockAnyLoop(Scheme scheme) {
    CompletableFuture<Outcome> nested =
        client
            .getAsync(uri(scheme, "/slow"))
            .thenApply(outcome -> client.get(uri(scheme, "/hello")))
            .toCompletableFuture();
    assertThatThrownBy(() -> nested.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("Async");
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void asksAgainForFreshnessWithoutSecurityToo(Scheme scheme) {
    AllSchemes lax = new AllSchemes();
    CoapServer.Builder builder = lax.server().allowUnsecuredActuators();
    try (CoapServer other = builder.listen(scheme + "://127.0.0.1:0").start()) {
      String uri = AllSchemes.uri(other, scheme, "/lock");
      assertThat(response(client.put(uri, Bytes.utf8("open"), ContentFormat.TEXT_PLAIN)).code())
          .isEqualTo(Code.CHANGED);
      assertThat(lax.events).anyMatch(event -> event.describe().contains("challenged"));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.moat.endpoint.AllSchemes#all")
  void opensNothingBeforeTheFirstRequest(Scheme scheme) {
    List<String> opened = new ArrayList<>();
    try (CoapClient lazy =
        CoapClient.builder()
            .events(event -> opened.add(event.describe()))
            .credentials(AllSchemes.TLS.client())
            .build()) {
      assertThat(opened).isEmpty();
      assertThat(text(lazy.get(uri(scheme, "/hello")))).isEqualTo("hi");
    }
    try (CoapClient unused = CoapClient.builder().events(EventSink.NONE).build()) {
      assertThat(unused.ping("coaps://127.0.0.1")).isEmpty();
      assertThat(unused.pingOutcomeAsync("coaps://127.0.0.1").toCompletableFuture().join())
          .isInstanceOfSatisfying(
              PingOutcome.NotSent.class, none -> assertThat(none.reason()).contains("credentials"));
    }
  }

  private static String uri(Scheme scheme, String path) {
    return AllSchemes.uri(server, scheme, path);
  }

  private static String text(Outcome outcome) {
    return response(outcome).payload().toUtf8();
  }
}
