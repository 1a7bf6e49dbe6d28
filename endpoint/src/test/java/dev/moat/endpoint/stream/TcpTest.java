package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.endpoint.credentials.HandshakeFailure;
import dev.moat.endpoint.udp.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TcpTest {
  private final EchoProtocol served = EchoProtocol.server();
  private final EchoProtocol asking = EchoProtocol.client();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private StreamEndpoint server = start(config(), served);
  private final StreamEndpoint client = start(config(), asking);

  @AfterEach
  void close() {
    client.close();
    server.close();
    assertThat(served.closed.get()).isEqualTo(served.opened.get());
    assertThat(asking.closed.get()).isEqualTo(asking.opened.get());
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void carriesOctetsBothWaysOverIpv4AndIpv6(Transport transport) throws Exception {
    boolean available = transport == Transport.NIO || Transport.best() == transport;
    if (!available) {
      System.out.println("skipped: " + transport + " is not available on this machine");
    }
    Assumptions.assumeTrue(available, "no " + transport);
    server.close();
    server = start(config().withTransport(transport), served);
    for (String host : new String[] {"127.0.0.1", "::1"}) {
      Peer peer = connect(listen(host), host);
      assertThat(asking.next()).isEqualTo("connected NONE anonymous");
      assertThat(asking.next()).isEqualTo("hi");
      send(peer, Bytes.utf8("there"));
      assertThat(asking.next()).isEqualTo("there");
    }
  }

  @Test
  void givesEveryConnectionANumberAndNoSecurity() throws Exception {
    InetSocketAddress first = listen("127.0.0.1");
    InetSocketAddress second = listen("127.0.0.1");
    Peer one = connect(first, "a");
    Peer two = connect(second, "a");
    assertThat(one.association()).isPositive().isNotEqualTo(two.association());
    assertThat(one.port()).isEqualTo(first.getPort());
    assertThat(asking.connections.get(one).initiated()).isTrue();
    assertThat(asking.connections.get(one).security()).isEqualTo(Arrival.Security.NONE);
    assertThat(asking.connections.get(one).identity()).isEqualTo(new PeerIdentity.Anonymous());
  }

  @Test
  void usesAnOpenConnectionAgainForTheSameHostOnly() throws Exception {
    InetSocketAddress address = listen("127.0.0.1");
    Peer one = connect(address, "one.example");
    assertThat(connect(address, "one.example")).isEqualTo(one);
    assertThat(connect(address, "two.example")).isNotEqualTo(one);
    assertThat(asking.opened.get()).isEqualTo(2);
  }

  @Test
  void opensANewConnectionWhenTheOldOneIsGone() throws Exception {
    InetSocketAddress address = listen("127.0.0.1");
    Peer old = connect(address, "h");
    send(old, Bytes.utf8("bye"));
    awaitClosed(asking, 1);
    Peer fresh = connect(address, "h");
    assertThat(fresh.association()).isGreaterThan(old.association());
    send(old, Bytes.utf8("to the old one"));
    send(fresh, Bytes.utf8("to the new one"));
    assertThat(asking.told).doesNotContain("to the old one");
  }

  @Test
  void sendsEverythingBeforeItCloses() throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(listen("127.0.0.1"));
      socket.setSoTimeout(10_000);
      // What the server never reads would make its kernel reset the connection.
      socket.getOutputStream().write("bye".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("hifarewell");
    }
    awaitClosed(served, 1);
  }

  @Test
  void answersWhatCameBeforeTheOtherEndSaidThatNoMoreComes() throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(listen("127.0.0.1"));
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("last".getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("hilast");
    }
    awaitClosed(served, 1);
  }

  @Test
  void survivesAResetAndTellsTheProtocolOnce() throws Exception {
    InetSocketAddress address = listen("127.0.0.1");
    try (Socket socket = new Socket()) {
      socket.connect(address);
      assertThat(socket.getInputStream().read()).isEqualTo('h');
      socket.setSoLinger(true, 0);
    }
    awaitClosed(served, 1);
    connect(address, "still there");
  }

  @Test
  void aProtocolThatThrowsCostsOnlyTheConnectionThatMadeIt() throws Exception {
    InetSocketAddress address = listen("127.0.0.1");
    Peer good = connect(address, "good");
    Peer bad = connect(address, "bad");
    send(bad, Bytes.utf8("fault"));
    awaitClosed(asking, 1);
    send(good, Bytes.utf8("alive"));
    awaitTold("alive");
    assertThat(events).anyMatch(line -> line.contains("IllegalStateException"));
    assertThat(asking.connections).containsOnlyKeys(good);
  }

  @Test
  void saysWhenNothingListens() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      nobody = (InetSocketAddress) free.getLocalSocketAddress();
    }
    assertThatThrownBy(() -> connect(nobody, "h"))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(HandshakeFailure.class)
        .hasMessage("127.0.0.1:%d refused the connection: nothing listens there", nobody.getPort());
  }

  @Test
  void saysWhenNobodyAnswers() throws Exception {
    StreamConfig.Limits limits =
        StreamConfig.Limits.defaults()
            .withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(1));
    // A listener whose queue is full does not answer any more.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket one = new Socket();
        Socket two = new Socket();
        StreamEndpoint hasty = start(config().withLimits(limits), EchoProtocol.client())) {
      one.connect(full.getLocalSocketAddress());
      two.connect(full.getLocalSocketAddress());
      InetSocketAddress to = (InetSocketAddress) full.getLocalSocketAddress();
      assertThatThrownBy(() -> hasty.connect(StreamKind.TCP, to, "h").get(20, TimeUnit.SECONDS))
          .hasMessageContaining("did not answer within 300 ms");
    }
  }

  @Test
  void saysWhichAddressIsTaken() {
    InetSocketAddress taken = listen("127.0.0.1");
    assertThatThrownBy(() -> server.listen(StreamKind.TCP, taken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot listen on")
        .hasMessageContaining(String.valueOf(taken.getPort()));
  }

  @Test
  void releasesThePortAndTheThreadOnClose() throws IOException {
    InetSocketAddress address = listen("127.0.0.1");
    assertThat(threads()).isNotEmpty();
    server.close();
    client.close();
    assertThat(threads()).isEmpty();
    new ServerSocket(address.getPort(), 1, address.getAddress()).close();
    assertThatThrownBy(() -> server.connect(StreamKind.TCP, address, "h").get(9, TimeUnit.SECONDS))
        .hasMessageContaining("the endpoint is closed");
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("stream-test"))
        .toList();
  }

  private InetSocketAddress listen(String host) {
    return server.listen(StreamKind.TCP, new InetSocketAddress(host, 0));
  }

  private Peer connect(InetSocketAddress to, String host) throws Exception {
    return client.connect(StreamKind.TCP, to, host).get(20, TimeUnit.SECONDS);
  }

  private void send(Peer peer, Bytes octets) {
    client.loop().execute(() -> asking.send(peer, octets));
  }

  private void awaitTold(String text) throws InterruptedException {
    while (!asking.next().endsWith(text)) {
      Thread.onSpinWait();
    }
  }

  private static void awaitClosed(EchoProtocol protocol, int count) throws InterruptedException {
    for (int i = 0; i < 1000 && protocol.closed.get() < count; i++) {
      Thread.sleep(10);
    }
    assertThat(protocol.closed.get()).isEqualTo(count);
  }

  private StreamEndpoint start(StreamConfig config, EchoProtocol protocol) {
    return StreamEndpoint.start(config, gate -> protocol, event -> events.add(event.describe()));
  }

  private static StreamConfig config() {
    return StreamConfig.defaults().withThreads(new StreamConfig.Threads("stream-test", true));
  }
}
