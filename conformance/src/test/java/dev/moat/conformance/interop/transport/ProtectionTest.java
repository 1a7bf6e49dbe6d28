package dev.moat.conformance.interop.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Response;
import dev.moat.conformance.interop.Bounds;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import dev.moat.endpoint.CoapServer;
import dev.moat.engine.resource.Resource;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What who stands between client and server can read, change, repeat and mix up. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ProtectionTest {
  private static final String SECRET = "nobody else reads this body";
  private static final String PATH = "a-door-with-a-long-name";
  private static final int APPLICATION_DATA = 23;
  private static final int TLS12_CID = 25;
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final AtomicInteger served = new AtomicInteger();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closesAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  /** A POST to the door is counted; what {@code GET /oven} and {@code GET /room} say differs. */
  private int serve(Channel channel) {
    Resource door =
        Resource.at("/" + PATH)
            .on(
                Code.POST,
                request -> {
                  served.incrementAndGet();
                  return CompletableFuture.completedFuture(
                      dev.moat.coap.service.Reply.of(Response.text(Code.CHANGED, SECRET)));
                })
            .notAnActuator("this test counts what arrives, without Echo");
    CoapServer server =
        CoapServer.builder()
            .listen(channel.base(0))
            .credentials(MoatChannels.credentials(channel, Keys.SERVER, Keys.CLIENT))
            .resource(door)
            .resource(Resource.at("/oven").get(request -> Response.text(Code.CONTENT, "225")))
            .resource(Resource.at("/room").get(request -> Response.text(Code.CONTENT, "21")))
            .start();
    return opened(server).port();
  }

  private CoapClient client(Channel channel) {
    return opened(
        CoapClient.builder()
            .credentials(MoatChannels.credentials(channel, Keys.CLIENT, Keys.SERVER))
            .build());
  }

  private static ClientRequest post(Channel channel, int port) {
    return ClientRequest.of(Code.POST, channel.base(port) + "/" + PATH)
        .payload(Bytes.utf8(SECRET))
        .timeout(Bounds.CALL);
  }

  private static Optional<String> text(Outcome outcome) {
    return outcome.fold(
        responded -> Optional.of(responded.response().payload().toUtf8()),
        notDelivered -> Optional.empty(),
        unknown -> Optional.empty());
  }

  private static void assertUnreadable(List<byte[]> seen) {
    assertThat(seen).isNotEmpty();
    String all =
        seen.stream().map(octets -> Bytes.owned(octets).toHex()).reduce("", String::concat);
    assertThat(all.contains(Bytes.utf8(SECRET).toHex())).as("the body is in clear").isFalse();
    assertThat(all.contains(Bytes.utf8(PATH).toHex())).as("the path is in clear").isFalse();
  }

  @Tag("AT-01")
  @ParameterizedTest
  @EnumSource(names = {"DTLS_PSK", "DTLS_RPK", "DTLS_X509", "DTLS_CID"})
  void showsNothingOfAMessageInDatagrams(Channel channel) throws Exception {
    Nat nat = opened(new Nat(serve(channel)));
    assertThat(text(client(channel).send(post(channel, nat.port())))).contains(SECRET);
    assertUnreadable(nat.seen());
  }

  @Tag("AT-01")
  @ParameterizedTest
  @EnumSource(names = {"TLS", "WSS"})
  void showsNothingOfAMessageInStreams(Channel channel) throws Exception {
    StreamRelay relay = opened(new StreamRelay(serve(channel)));
    assertThat(text(client(channel).send(post(channel, relay.port())))).contains(SECRET);
    assertUnreadable(relay.seen());
  }

  /** What is changed on its way does not arrive; its retransmission does, and acts once. */
  @Tag("AT-03")
  @ParameterizedTest
  @EnumSource(names = {"DTLS_PSK", "DTLS_CID"})
  void dropsChangedDatagrams(Channel channel) throws Exception {
    Nat nat = opened(new Nat(serve(channel)));
    AtomicInteger flipped = new AtomicInteger();
    nat.meddle(
        (fromClient, datagram) -> {
          if (isApplicationData(datagram) && flipped.getAndIncrement() == 0) {
            datagram[datagram.length - 1] ^= 1;
          }
          return List.of(datagram);
        });
    assertThat(text(client(channel).send(post(channel, nat.port())))).contains(SECRET);
    assertThat(flipped.get()).isGreaterThan(2);
    assertThat(served).hasValue(1);
  }

  @Tag("AT-03")
  @ParameterizedTest
  @EnumSource(names = {"TLS", "WSS"})
  void endsConnectionsWhoseOctetsWereChanged(Channel channel) throws Exception {
    StreamRelay relay = opened(new StreamRelay(serve(channel)));
    CoapClient client = client(channel);
    assertThat(text(client.send(post(channel, relay.port())))).contains(SECRET);
    relay.flip();
    assertThat(client.send(post(channel, relay.port()))).isInstanceOf(Outcome.Unknown.class);
    assertThat(served).hasValue(1);
  }

  /** A door opens once for a request, however often its datagram comes. */
  @Tag("AT-04")
  @ParameterizedTest
  @EnumSource(names = {"DTLS_PSK", "DTLS_CID"})
  void takesEachDatagramOnce(Channel channel) throws Exception {
    Nat nat = opened(new Nat(serve(channel)));
    nat.meddle((fromClient, datagram) -> List.of(datagram, datagram.clone()));
    CoapClient client = client(channel);
    assertThat(text(client.send(post(channel, nat.port())))).contains(SECRET);
    for (byte[] old : List.copyOf(nat.seen())) {
      nat.deliver(true, old);
    }
    assertThat(text(client.send(post(channel, nat.port())))).contains(SECRET);
    assertThat(served).hasValue(2);
  }

  /** Who has no keys is nobody: not in the association's place, and not beside it. */
  @Tag("AT-02")
  @ParameterizedTest
  @EnumSource(names = {"DTLS_PSK", "DTLS_X509"})
  void takesNothingFromWhoHasNoKeys(Channel channel) throws Exception {
    int port = serve(channel);
    Nat nat = opened(new Nat(port));
    CoapClient client = client(channel);
    assertThat(text(client.send(post(channel, nat.port())))).contains(SECRET);
    byte[] invented = invented();
    nat.deliver(true, invented);
    try (DatagramSocket other = new DatagramSocket()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      other.setSoTimeout((int) SHORT.toMillis());
      other.send(new DatagramPacket(invented, invented.length, loopback, port));
      assertThatThrownBy(() -> other.receive(new DatagramPacket(new byte[64], 64)))
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertThat(served).hasValue(1);
  }

  /** POST to the door as UDP without security would have it. */
  private static byte[] invented() {
    byte[] path = Bytes.utf8(PATH).toArray();
    byte[] datagram = new byte[4 + 2 + path.length];
    datagram[0] = 0x50;
    datagram[1] = 2;
    datagram[4] = (byte) 0xbd;
    datagram[5] = (byte) (path.length - 13);
    System.arraycopy(path, 0, datagram, 6, path.length);
    return datagram;
  }

  /**
   * The oven's answer is held back until the client asks for the room, whose request is held back
   * in turn (figure 7).
   */
  @Tag("AT-26")
  @Tag("AT-30")
  @ParameterizedTest
  @EnumSource(names = {"DTLS_PSK", "DTLS_CID"})
  void takesNoOldAnswerForAnother(Channel channel) throws Exception {
    Nat nat = opened(new Nat(serve(channel)));
    CoapClient client = client(channel);
    assertThat(text(client.send(get(channel, nat, "/oven")))).contains("225");
    AtomicReference<byte[]> held = new AtomicReference<>();
    nat.meddle(
        (fromClient, datagram) -> {
          if (fromClient) {
            return List.of(datagram);
          }
          held.compareAndSet(null, datagram);
          return List.of();
        });
    assertThat(text(client.send(get(channel, nat, "/oven")))).isEmpty();
    assertThat(held.get()).isNotNull();
    nat.meddle((fromClient, datagram) -> List.of());
    var room = client.sendAsync(get(channel, nat, "/room")).toCompletableFuture();
    TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() / 4);
    nat.deliver(false, held.get());
    assertThat(text(room.get(Bounds.CALL.toMillis(), TimeUnit.MILLISECONDS))).isEmpty();
    nat.meddle((fromClient, datagram) -> List.of(datagram));
    assertThat(text(client.send(get(channel, nat, "/room")))).contains("21");
  }

  private static ClientRequest get(Channel channel, Nat nat, String path) {
    return ClientRequest.of(Code.GET, channel.base(nat.port()) + path).timeout(SHORT);
  }

  private static boolean isApplicationData(byte[] datagram) {
    return datagram[0] == APPLICATION_DATA || datagram[0] == TLS12_CID;
  }
}
