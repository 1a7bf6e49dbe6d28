package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.stack.StreamStack;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.testkit.InsecureSeededRandom;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole stack over real connections of every kind. */
@Timeout(120)
class StackOverStreamsTest {
  private static final Authority ROOT = new Authority("Moat test root");
  private static final Bytes LARGE = Bytes.owned(new byte[200_000]);

  private final Router router =
      Router.of(
          Resource.at("/who")
              .get(
                  request ->
                      Response.text(
                          Code.CONTENT,
                          request.context().find(PeerIdentity.KEY).orElseThrow().words())),
          Resource.at("/large").get(request -> Response.of(Code.CONTENT).withPayload(LARGE)),
          Resource.at("/never").on(Code.GET, request -> new CompletableFuture<>()));

  private final StreamEndpoint server =
      start(Credentials.builder().certificate(ROOT.issue("lock", "lock.example")));
  private final StreamEndpoint client =
      start(Credentials.builder().certificate(ROOT.issue("phone")));

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(StreamKind.class)
  void getsSmallAndLargeOverEveryKind(StreamKind kind) throws Exception {
    Peer peer = connect(kind);
    Outcome.Responded small = (Outcome.Responded) get(peer, "/who").get(20, TimeUnit.SECONDS);
    assertThat(small.response().payload().toUtf8())
        .isEqualTo(kind.secured() ? "certificate of CN=phone" : "anonymous");
    Outcome.Responded large = (Outcome.Responded) get(peer, "/large").get(20, TimeUnit.SECONDS);
    assertThat(large.response().payload()).isEqualTo(LARGE);
  }

  @Test
  @Tag("AT-10")
  void aRequestWhoseConnectionIsLostHasAnUnknownOutcome() throws Exception {
    CompletableFuture<Outcome> pending = get(connect(StreamKind.TLS), "/never");
    server.close();
    assertThat(pending.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void opensANewConnectionWhileAReleasedOneEnds() throws Exception {
    InetSocketAddress address =
        server.listen(StreamKind.TCP, new InetSocketAddress("127.0.0.1", 0));
    Peer old = client.connect(StreamKind.TCP, address, "h").get(20, TimeUnit.SECONDS);
    CompletableFuture<Outcome> pending = get(old, "/never");
    StreamStack stack = (StreamStack) client.protocol();
    client.loop().execute(now -> stack.release(old, now));
    Peer fresh = client.connect(StreamKind.TCP, address, "h").get(20, TimeUnit.SECONDS);
    assertThat(fresh).isNotEqualTo(old);
    assertThat(get(fresh, "/who").get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Responded.class);
    assertThat(pending).isNotDone();
  }

  private Peer connect(StreamKind kind) throws Exception {
    InetSocketAddress address = server.listen(kind, new InetSocketAddress("127.0.0.1", 0));
    return client.connect(kind, address, "lock.example").get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<Outcome> get(Peer peer, String path) {
    CompletableFuture<Outcome> result = new CompletableFuture<>();
    StreamStack stack = (StreamStack) client.protocol();
    client
        .loop()
        .execute(
            now -> {
              var unused =
                  stack.request(Request.to(peer, Code.GET, path), now).thenAccept(result::complete);
            });
    return result;
  }

  private StreamEndpoint start(Credentials.Builder shown) {
    Credentials credentials = shown.trust(ROOT.certificate()).build();
    return StreamEndpoint.start(
        StreamPair.config().withCredentials(credentials),
        gate ->
            StreamStack.of(
                StackConfig.defaults(), router, gate, new InsecureSeededRandom(7), EventSink.NONE),
        EventSink.NONE);
  }
}
