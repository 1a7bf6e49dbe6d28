package dev.moat.endpoint;

import static dev.moat.endpoint.Loopback.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Response;
import dev.moat.crypto.JdkCrypto;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OSCORE over real sockets, as applications configure it. */
@Timeout(60)
class OscoreLoopbackTest {
  private static final int CLIENTS = 4;

  private final ContextTable contexts = new ContextTable();
  private final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "closed"));
  private final BlockingQueue<String> moved = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final CoapServer server =
      CoapServer.builder()
          .address(InetAddress.getLoopbackAddress())
          .port(0)
          .loops(2)
          .events(EventSink.NONE)
          .contexts(contexts)
          .securedOnly()
          .resource(Resource.at("/state").observable(state))
          .resource(
              Resource.at("/lock")
                  .get(request -> Response.of(Code.CONTENT).withPayload(request.payload()))
                  .put(
                      request -> {
                        moved.add(request.payload().toUtf8());
                        return Response.of(Code.CHANGED).withPayload(request.payload());
                      }))
          .start();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    server.close();
  }

  private static ContextParameters parameters(int client) {
    return ContextParameters.builder(
            SecretBytes.copyOf(new byte[] {9, 9, (byte) client}), Bytes.of(client), Bytes.of(0x55))
        .build();
  }

  private static SecurityContext derived(ContextParameters parameters) {
    return SecurityContext.derive(
        parameters,
        JdkCrypto.create(),
        InsecureVolatileReservations.start(0),
        SecurityContext.Provenance.FRESH);
  }

  private CoapClient client(int number) {
    contexts.add(derived(parameters(number).reversed()));
    CoapClient client =
        CoapClient.builder().events(EventSink.NONE).oscore(derived(parameters(number))).build();
    open.add(client);
    return client;
  }

  private String uri(String path) {
    return "coap://127.0.0.1:" + server.port() + path;
  }

  @Test
  void severalClientsMoveTheLockOverSeveralLoops() {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      CoapClient client = client(i);
      for (int n = 0; n < 10; n++) {
        outcomes.add(
            client.putAsync(uri("/lock"), Bytes.utf8(i + "/" + n), 0).toCompletableFuture());
      }
    }
    outcomes.forEach(
        outcome -> assertThat(response(outcome.join()).code()).isEqualTo(Code.CHANGED));
    assertThat(moved).hasSize(10 * CLIENTS).doesNotHaveDuplicates();
  }

  @Test
  void largeBodiesGoBothWays() {
    Bytes body = Bytes.utf8("0123456789abcdef".repeat(256));
    assertThat(response(client(1).put(uri("/lock"), body, 0)).payload()).isEqualTo(body);
  }

  @Test
  void observesUntilItCancels() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Outcome outcome =
        client(1)
            .observe(
                uri("/state"),
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
    Reply.Observed observed = (Reply.Observed) ((Outcome.Responded) outcome).reply();
    assertThat(observed.first().payload().toUtf8()).isEqualTo("closed");
    state.set(Response.text(Code.CONTENT, "open"));
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("open");
    observed.notifications().cancel();
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("CANCELLED");
  }

  @Test
  @Tag("AT-06")
  void whoHasNoContextGetsNothing() {
    try (CoapClient stranger = CoapClient.builder().events(EventSink.NONE).build()) {
      assertThat(response(stranger.get(uri("/state"))).code()).isEqualTo(Code.UNAUTHORIZED);
      assertThat(response(stranger.discover(uri("/"))).code()).isEqualTo(Code.UNAUTHORIZED);
      SecurityContext unknown = derived(parameters(99));
      Outcome outcome = stranger.send(ClientRequest.of(Code.GET, uri("/state")).securedBy(unknown));
      assertThat(((Outcome.Unknown) outcome).doubt()).isEqualTo(Outcome.Doubt.UNPROTECTED_ERROR);
    }
  }

  @Test
  void oneRequestMayBeSecuredByAContextOfItsOwn() {
    contexts.add(derived(parameters(7).reversed()));
    SecurityContext own = derived(parameters(7));
    try (CoapClient plain = CoapClient.builder().events(EventSink.NONE).build()) {
      Outcome outcome = plain.send(ClientRequest.of(Code.GET, uri("/state")).securedBy(own));
      assertThat(response(outcome).payload().toUtf8()).isEqualTo("closed");
    }
  }

  @Test
  void readsBackUnderTheSameProtection() {
    CoapClient client = client(1);
    Outcome.Unknown unknown =
        new Outcome.Unknown(
            ((Outcome.Responded) client.get(uri("/state"))).request(), Outcome.Doubt.NO_RESPONSE);
    Outcome now = client.reconcile(unknown).readBack().toCompletableFuture().join();
    assertThat(response(now).payload().toUtf8()).isEqualTo("closed");
  }

  @Test
  void contextsThatCannotBeToldApartAreRefused() {
    SecurityContext twin = derived(parameters(3));
    CoapServer.Builder builder = CoapServer.builder().oscore(twin);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.oscore(twin));
  }
}
