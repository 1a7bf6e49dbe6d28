package dev.moat.endpoint;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Event;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One server that listens for all schemes, and clients of it. */
final class AllSchemes {
  static final TlsFixture TLS = new TlsFixture();

  final ObservableState state = new ObservableState(text("state 0"));
  final AtomicReference<Bytes> stored = new AtomicReference<>(Bytes.utf8("empty"));
  final Queue<Event> events = new ConcurrentLinkedQueue<>();
  final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  final CountDownLatch slowBegun = new CountDownLatch(1);

  static List<Scheme> all() {
    return List.of(Scheme.values());
  }

  static List<Scheme> connected() {
    return all().stream().filter(scheme -> scheme != Scheme.COAP).toList();
  }

  static List<Scheme> secured() {
    return all().stream().filter(Scheme::isSecured).toList();
  }

  static List<Scheme> streams() {
    return connected().stream().filter(scheme -> scheme != Scheme.COAPS).toList();
  }

  /** Everything but where to listen. */
  CoapServer.Builder server() {
    return CoapServer.builder()
        .events(events::add)
        .credentials(TLS.server())
        .resource(Resource.at("/hello").get(this::hello))
        .resource(Resource.at("/whoami").get(AllSchemes::whoAmI))
        .resource(Resource.at("/state").observable(state))
        .resource(Resource.at("/secret").get(request -> text("secret")).securedOnly())
        .resource(Resource.at("/lock").put(request -> Response.of(Code.CHANGED)))
        .resource(
            Resource.at("/store")
                .notAnActuator("a test's store")
                .get(request -> Response.of(Code.CONTENT).withPayload(stored.get()))
                .put(request -> store(request.payload())))
        .resource(Resource.at("/slow").on(Code.GET, request -> slow()));
  }

  /** A server on a port of its own for every scheme. */
  CoapServer startAll() {
    CoapServer.Builder builder = server();
    for (Scheme scheme : all()) {
      builder.listen(scheme + "://127.0.0.1:0");
    }
    return builder.start();
  }

  static CoapClient client(Credentials credentials) {
    return CoapClient.builder().events(EventSink.NONE).credentials(credentials).build();
  }

  /** One that does not wait for a DTLS server that says nothing, as long as others do. */
  static CoapClient impatient(Credentials credentials) {
    return CoapClient.builder()
        .events(EventSink.NONE)
        .credentials(credentials)
        .dtls(config -> config.withHandshakeTimeout(Duration.ofSeconds(4)))
        .build();
  }

  static String uri(CoapServer server, Scheme scheme, String path) {
    return scheme + "://127.0.0.1:" + server.port(scheme) + path;
  }

  static Notifications.Listener collecting(BlockingQueue<String> seen) {
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

  static String reason(Outcome outcome) {
    if (outcome instanceof Outcome.NotDelivered undelivered) {
      return undelivered.reason().orElseThrow();
    }
    throw new AssertionError(outcome);
  }

  static Response text(String text) {
    return Response.text(Code.CONTENT, text);
  }

  private Response hello(Request request) {
    peers.add(request.peer());
    return text("hi");
  }

  private static Response whoAmI(Request request) {
    return text(request.context().find(PeerIdentity.KEY).map(PeerIdentity::words).orElse("nobody"));
  }

  private Response store(Bytes body) {
    stored.set(body);
    return Response.of(Code.CHANGED);
  }

  private CompletableFuture<Reply> slow() {
    slowBegun.countDown();
    return CompletableFuture.supplyAsync(
        () -> Reply.of(text("at last")),
        CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS));
  }
}
