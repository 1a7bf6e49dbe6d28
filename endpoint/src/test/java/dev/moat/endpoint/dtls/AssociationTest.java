package dev.moat.endpoint.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Notifications;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.stack.Cancellation;
import dev.moat.endpoint.stack.Stack;
import dev.moat.engine.resource.ObservableState;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An association is one handshake: what belongs to it ends with it. */
@Timeout(120)
class AssociationTest {
  private final ObservableState state = new ObservableState(Response.text(Code.CONTENT, "0"));
  private final CompletableFuture<Reply> slow = new CompletableFuture<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<Bytes> stored = new AtomicReference<>(Bytes.empty());
  private final List<Request> puts = new CopyOnWriteArrayList<>();
  private final Router router =
      Router.of(
          Resource.at("/state").observable(state),
          Resource.at("/slow")
              .on(
                  Code.GET,
                  request -> {
                    asked.incrementAndGet();
                    return slow;
                  }),
          Resource.at("/store")
              .get(request -> Response.of(Code.CONTENT).withPayload(stored.get()))
              .put(this::store));

  private Response store(Request request) {
    puts.add(request);
    stored.set(request.payload());
    return Response.of(Code.CHANGED);
  }

  private static Request observe(Peer peer) {
    return Request.to(peer, Code.GET, "/state").with(Option.uint(OptionNumber.OBSERVE, 0));
  }

  static Stream<Arguments> credentials() {
    Authority root = Authority.named("root");
    KeyPair lock = Authority.keys();
    KeyPair phone = Authority.keys();
    return Stream.of(
        Arguments.of("PSK", Keys.server(), Keys.client()),
        Arguments.of(
            "raw public keys",
            Credentials.builder().rawKey(lock).trust(phone.getPublic()).build(),
            Credentials.builder().rawKey(phone).trust(lock.getPublic()).build()),
        Arguments.of(
            "X.509",
            Credentials.builder()
                .certificate(root.issue("lock", Authority.ip("127.0.0.1")))
                .trust(root.certificate())
                .build(),
            Credentials.builder()
                .certificate(root.issue("phone"))
                .trust(root.certificate())
                .build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("credentials")
  void carriesLargeBodiesBothWaysAndNotifications(
      String kind, Credentials serving, Credentials asking) {
    assertThat(kind).isNotEmpty();
    byte[] large = new byte[64 * 1024];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 >> 3);
    }
    try (Side server = Side.server(serving, router);
        Side client = Side.client(asking)) {
      Peer peer = client.connect(server.address(), "127.0.0.1");
      Request put = Request.to(peer, Code.PUT, "/store").withPayload(Bytes.copyOf(large));
      assertThat(client.response(put).code()).isEqualTo(Code.CHANGED);
      assertThat(client.get(peer, "/store").payload()).isEqualTo(Bytes.copyOf(large));
      Told told = new Told();
      told.listenTo(client, client.request(observe(peer)));
      state.set(Response.text(Code.CONTENT, "1"));
      Side.await(() -> told.texts.contains("1"));
    }
  }

  @Test
  @Tag("AT-30")
  void endsForBothWhenTheClientBeginsAnotherFromTheSameAddress() {
    AtomicInteger toClients = new AtomicInteger();
    try (Side server = Side.server(Keys.server(), router);
        Side before = Side.client(Keys.client());
        Side after = Side.client(Keys.client());
        Nat nat = new Nat(server.address())) {
      Nat.Path path = nat.path();
      Peer first = before.connect(path.address(), "127.0.0.1");
      assertThat(before.request(observe(first))).isInstanceOf(Outcome.Responded.class);
      assertThat(state.observers()).isEqualTo(1);
      CompletableFuture<Outcome> asking = before.send(Request.to(first, Code.GET, "/slow"));
      Side.await(() -> asked.get() == 1);

      // As after a restart: nothing told the server that the first association is over.
      Peer second = after.connect(path.address(), "127.0.0.1");
      DtlsEvent.Ended ended = server.awaitEvent(DtlsEvent.Ended.class);
      List<DtlsEvent.Associated> associated = server.events(DtlsEvent.Associated.class);
      assertThat(associated).hasSize(2);
      assertThat(ended.peer()).isEqualTo(associated.get(0).peer());
      assertThat(associated.get(1).peer()).isNotEqualTo(associated.get(0).peer());
      Side.await(() -> state.observers() == 0);

      // What was computed for the first leaves in neither.
      assertThat(after.get(second, "/store").code()).isEqualTo(Code.CONTENT);
      nat.tamper(
          (toServer, datagram) -> {
            if (!toServer) {
              toClients.incrementAndGet();
            }
            return List.of(datagram);
          });
      slow.complete(Reply.of(Response.text(Code.CONTENT, "too late")));
      state.set(Response.text(Code.CONTENT, "changed"));
      assertThat(after.get(second, "/store").code()).isEqualTo(Code.CONTENT);
      assertThat(toClients).hasValue(1);
      assertThat(asking).isNotDone();
    }
  }

  @Test
  @Tag("AT-24")
  @Tag("AT-25")
  @Tag("AT-26")
  void endsWhatWaitsAndWhatIsObservedAtTheClient() throws Exception {
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client())) {
      Peer first = client.connect(server.address(), "127.0.0.1");
      Told told = new Told();
      told.listenTo(client, client.request(observe(first)));
      CompletableFuture<Outcome> asking = client.send(Request.to(first, Code.GET, "/slow"));
      Side.await(() -> asked.get() == 1);
      client.endpoint.disconnect(first);
      assertThat(asking.get()).isInstanceOf(Outcome.Unknown.class);
      assertThat(((Outcome.Unknown) asking.get()).doubt()).isEqualTo(Outcome.Doubt.CONNECTION_LOST);
      Side.await(() -> told.ends.contains(Notifications.End.CONNECTION_LOST));

      Peer second = client.connect(server.address(), "127.0.0.1");
      assertThat(second.association()).isNotEqualTo(first.association());
      slow.complete(Reply.of(Response.text(Code.CONTENT, "too late")));
      assertThat(client.get(second, "/store").code()).isEqualTo(Code.CONTENT);
    }
  }

  @Test
  void requestsForAnEndedAssociationNeverLeave() {
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client())) {
      Peer first = client.connect(server.address(), "127.0.0.1");
      client.endpoint.disconnect(first);
      client.awaitEvent(DtlsEvent.Ended.class);
      assertThat(client.request(Request.to(first, Code.GET, "/store")))
          .isInstanceOf(Outcome.NotDelivered.class);
      Peer noSecurity = new Peer(first.high(), first.low(), first.port(), 0, 0);
      assertThat(client.request(Request.to(noSecurity, Code.GET, "/store")))
          .isInstanceOf(Outcome.NotDelivered.class);
      assertThat(server.events(DtlsEvent.Associated.class)).hasSize(1);
    }
  }

  @Test
  void aResumedSessionIsANewAssociation() {
    AtomicInteger toServer = new AtomicInteger();
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client());
        Nat nat = new Nat(server.address())) {
      nat.tamper(
          (isToServer, datagram) -> {
            toServer.addAndGet(isToServer ? datagram.length : 0);
            return List.of(datagram);
          });
      Nat.Path path = nat.path();
      Peer first = client.connect(path.address(), "127.0.0.1");
      int full = toServer.getAndSet(0);
      client.endpoint.disconnect(first);
      server.awaitEvent(DtlsEvent.Ended.class);
      client.awaitEvent(DtlsEvent.Ended.class);
      toServer.set(0);
      Peer second = client.connect(path.address(), "127.0.0.1");
      assertThat(toServer.get()).isLessThan(full); // abbreviated
      assertThat(second.association()).isNotEqualTo(first.association());
      assertThat(client.get(second, "/store").code()).isEqualTo(Code.CONTENT);
      assertThat(server.events(DtlsEvent.Associated.class))
          .extracting(each -> each.identity().words())
          .containsOnly("PSK identity \"lock\"")
          .hasSize(2);
    }
  }

  /** The attacker holds the answer to "unlock" back and gives it for that to "lock". */
  @Test
  @Tag("AT-24")
  @Tag("AT-27")
  @Tag("AT-30")
  void aDelayedResponseIsNotTakenForThatOfALaterRequest() {
    try (Side server = Side.server(Keys.server(), router);
        Side client = Side.client(Keys.client());
        Nat nat = new Nat(server.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address(), "127.0.0.1");
      stored.set(Bytes.utf8("unlocked"));
      List<byte[]> held = new CopyOnWriteArrayList<>();
      nat.tamper(
          (toServer, datagram) -> {
            if (!toServer) {
              held.add(datagram);
            }
            return toServer ? List.of(datagram) : List.of();
          });
      Cancellation giveUp = new Cancellation();
      CompletableFuture<Outcome> first =
          client.send(Request.to(peer, Code.GET, "/store").withFact(Cancellation.KEY, giveUp));
      Side.await(() -> !held.isEmpty());
      client.endpoint.loop().execute(now -> ((Stack) client.endpoint.protocol()).cancel(giveUp));
      Side.await(first::isDone);
      stored.set(Bytes.utf8("locked"));
      int before = held.size();
      CompletableFuture<Outcome> second = client.send(Request.to(peer, Code.GET, "/store"));
      Side.await(() -> held.size() > before); // the server has answered
      path.toClient(held.get(0));
      pause(200);
      assertThat(second).isNotDone();
      path.toClient(held.get(held.size() - 1));
      Side.await(second::isDone);
      assertThat(((Outcome.Responded) second.join()).response().payload().toUtf8())
          .isEqualTo("locked");
    }
  }

  @Test
  @Tag("AT-13")
  void aDelayedRequestIsNotActedOn() {
    // Echo does it: DTLS alone delivers the record whenever it comes.
    assertThat(putsAfterADelay(true)).isZero();
    assertThat(putsAfterADelay(false)).isEqualTo(1);
  }

  private int putsAfterADelay(boolean freshness) {
    puts.clear();
    DtlsConfig config = Side.config(Keys.server()).serverRole();
    try (Side server =
            Side.of(
                config,
                router,
                stack ->
                    stack
                        .withEchoFreshness(freshness)
                        .withFreshnessWindow(java.time.Duration.ofMillis(500)));
        Side client = Side.client(Keys.client());
        Nat nat = new Nat(server.address())) {
      Nat.Path path = nat.path();
      Peer peer = client.connect(path.address(), "127.0.0.1");
      List<byte[]> held = new CopyOnWriteArrayList<>();
      AtomicInteger answers = new AtomicInteger();
      nat.tamper(
          (toServer, datagram) -> {
            if (!toServer) {
              answers.incrementAndGet();
              return List.of(datagram);
            }
            boolean unlocks = !freshness || answers.get() > 0;
            if (unlocks) {
              held.add(datagram);
            }
            return unlocks ? List.of() : List.of(datagram);
          });
      client.send(Request.to(peer, Code.PUT, "/store").withPayload(Bytes.utf8("unlock")));
      Side.await(() -> !held.isEmpty());
      pause(900);
      int before = answers.get();
      path.inject(held.get(0));
      Side.await(() -> answers.get() > before);
      return puts.size();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** What a client is told of an observation. */
  private static final class Told implements Notifications.Listener {
    final List<String> texts = new CopyOnWriteArrayList<>();
    final List<Notifications.End> ends = new CopyOnWriteArrayList<>();

    void listenTo(Side client, Outcome outcome) {
      Reply reply = ((Outcome.Responded) outcome).reply();
      assertThat(reply).isInstanceOf(Reply.Observed.class);
      client
          .endpoint
          .loop()
          .execute(now -> ((Reply.Observed) reply).notifications().subscribe(this));
    }

    @Override
    public void onNotification(Response notification) {
      texts.add(notification.payload().toUtf8());
    }

    @Override
    public void onEnd(Notifications.End reason) {
      ends.add(reason);
    }
  }
}
