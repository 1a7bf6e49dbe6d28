package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.stack.LoopGate;
import dev.moat.endpoint.stack.StackConfig;
import dev.moat.endpoint.stack.StreamProtocol;
import dev.moat.endpoint.stack.StreamStack;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import dev.moat.engine.stream.ConnectionRules;
import dev.moat.engine.stream.Patience;
import dev.moat.testkit.InsecureSeededRandom;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that are slow, broken or hostile, over real sockets and against the whole stack. */
@Timeout(120)
class StreamFaultsTest {
  private static final Authority ROOT = new Authority("Moat test root");

  /** A CSM without options, and GET /a with token 0x51 (RFC 8323, Sections 3.2 and 5.3). */
  private static final Bytes CONVERSATION = Bytes.hex("00e1" + "210151b161");

  /** A CSM has come before it; 2.05 with the token and "it". */
  private static final Bytes ANSWER = Bytes.hex("45" + "51");

  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  @Test
  void understandsAConversationCutAtEveryOctet() throws Exception {
    try (StreamEndpoint server = server(StreamConfig.Limits.defaults())) {
      InetSocketAddress address = listen(server, StreamKind.TCP);
      for (int cut = 0; cut <= CONVERSATION.length(); cut++) {
        try (Socket socket = connect(address)) {
          write(socket, CONVERSATION.slice(0, cut));
          write(socket, CONVERSATION.slice(cut, CONVERSATION.length()));
          assertAnswered(socket);
        }
      }
      try (Socket socket = connect(address)) {
        for (int i = 0; i < CONVERSATION.length(); i++) {
          write(socket, CONVERSATION.slice(i, i + 1));
        }
        assertAnswered(socket);
      }
      assertThat(events).noneMatch(line -> line.startsWith("fault"));
    }
  }

  @ParameterizedTest
  @EnumSource(StreamKind.class)
  void understandsEveryKindOctetByOctet(StreamKind kind) throws Exception {
    try (StreamPair pair = new StreamPair(secured(), secured());
        SlowRelay relay = new SlowRelay(pair.listen(kind))) {
      Peer peer = pair.connect(kind, relay.address(), "lock.example");
      pair.send(peer, Bytes.utf8("slowly"));
      StreamPair.await(() -> String.join("", pair.asking.told).contains("slowly"));
    }
  }

  @ParameterizedTest
  @EnumSource(StreamKind.class)
  void survivesGarbageAndGoesOnServing(StreamKind kind) throws Exception {
    Random random = new Random(42);
    try (StreamEndpoint server = server(StreamConfig.Limits.defaults())) {
      InetSocketAddress address = listen(server, kind);
      InetSocketAddress plain = listen(server, StreamKind.TCP);
      for (int i = 0; i < 40; i++) {
        byte[] garbage = new byte[random.nextInt(2000)];
        random.nextBytes(garbage);
        try (Socket socket = connect(address)) {
          socket.getOutputStream().write(garbage);
          if (i % 2 == 0) {
            socket.setSoLinger(true, 0); // a reset
          }
        } catch (IOException reset) {
          assertThat(reset).isNotNull(); // the server was faster
        }
      }
      try (Socket socket = connect(plain)) {
        write(socket, CONVERSATION);
        assertAnswered(socket);
      }
      assertThat(events).noneMatch(line -> line.startsWith("fault"));
    }
  }

  @Test
  void partsFromWhoDribblesAMessageOrSaysNothing() throws Exception {
    Patience hasty =
        Patience.defaults()
            .withCsmNanos(Duration.ofMillis(400).toNanos())
            .withMessageNanos(Duration.ofMillis(400).toNanos());
    ConnectionRules rules = ConnectionRules.defaults().withPatience(hasty);
    try (StreamEndpoint server =
        server(StreamConfig.Limits.defaults(), StackConfig.defaults().withConnections(rules))) {
      InetSocketAddress address = listen(server, StreamKind.TCP);
      try (Socket silent = connect(address);
          Socket dribbling = connect(address)) {
        write(dribbling, Bytes.hex("00e1" + "d0ff"));
        for (Socket socket : List.of(silent, dribbling)) {
          assertThat(socket.getInputStream().readAllBytes()).isNotEmpty(); // CSM, Abort, the end
        }
      }
    }
  }

  @Test
  void servesAThousandConnections() throws Exception {
    StreamConfig.Limits limits = StreamConfig.Limits.defaults().withConnections(1100, 1100);
    StreamConfig config = StreamPair.config().withLimits(limits);
    try (StreamPair pair = new StreamPair(config, config)) {
      InetSocketAddress address = pair.listen(StreamKind.TCP);
      List<CompletableFuture<Peer>> opening = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        opening.add(pair.client.connect(StreamKind.TCP, address, "host" + i));
      }
      for (CompletableFuture<Peer> one : opening) {
        pair.send(one.get(30, TimeUnit.SECONDS), Bytes.utf8("ping"));
      }
      StreamPair.await(
          () -> pair.asking.told.stream().filter(text -> text.endsWith("ping")).count() == 1000);
      assertThat(pair.served.opened.get()).isEqualTo(1000);
      assertThat(pair.server.loop().isOwner()).isFalse();
    }
  }

  @Test
  void aFloodOfConnectionsDoesNotPutOutWhoSpeaksCoap() throws Exception {
    StreamConfig.Limits limits = StreamConfig.Limits.defaults().withConnections(20, 20);
    List<Socket> flood = new ArrayList<>();
    try (StreamEndpoint server = server(limits)) {
      InetSocketAddress address = listen(server, StreamKind.TCP);
      try (Socket good = connect(address)) {
        write(good, CONVERSATION);
        assertAnswered(good);
        for (int i = 0; i < 300; i++) {
          flood.add(connect(address));
        }
        write(good, CONVERSATION.slice(2, CONVERSATION.length()));
        assertAnswer(good);
        StreamPair.await(
            () -> events.stream().filter(line -> line.contains("made room")).count() >= 300 - 20);
        assertThat(((StreamStack) server.protocol()).load().connections()).isLessThanOrEqualTo(20);
      }
    } finally {
      for (Socket socket : flood) {
        socket.close();
      }
    }
  }

  @Test
  void givesUpWhoAsksForMoreThanItReads() throws Exception {
    StreamConfig.Limits tight =
        StreamConfig.Limits.defaults()
            .withOutboundOctets(1 << 20)
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(500));
    StreamConfig config = StreamPair.config().withLimits(tight);
    try (StreamPair pair = new StreamPair(config, config);
        Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(pair.listen(StreamKind.TCP));
      for (int i = 0; i < 20; i++) {
        write(deaf, Bytes.utf8("flood"));
        Thread.sleep(20); // one read each: the echo takes each read for one order
      }
      StreamPair.await(() -> pair.served.closed.get() == 1);
      assertThat(pair.events)
          .anyMatch(line -> line.contains("taken nothing") || line.contains("does not take"));
      assertThat(pair.served.told).contains("writable false");
    } catch (IOException reset) {
      assertThat(reset).isNotNull(); // while writing: it was given up already
    }
  }

  private StreamEndpoint server(StreamConfig.Limits limits) {
    return server(limits, StackConfig.defaults());
  }

  private StreamEndpoint server(StreamConfig.Limits limits, StackConfig stack) {
    Router router = Router.of(Resource.at("/a").get(request -> Response.text(Code.CONTENT, "it")));
    return StreamEndpoint.start(
        secured().withLimits(limits),
        gate -> stackOf(stack, router, gate),
        event -> events.add(event.describe()));
  }

  private static StreamProtocol stackOf(StackConfig stack, Router router, LoopGate gate) {
    return StreamStack.of(stack, router, gate, new InsecureSeededRandom(1), event -> {});
  }

  private static StreamConfig secured() {
    Credentials credentials =
        Credentials.builder()
            .certificate(ROOT.issue("lock", "lock.example"))
            .trust(ROOT.certificate())
            .build();
    return StreamPair.config().withCredentials(credentials);
  }

  private static InetSocketAddress listen(StreamEndpoint server, StreamKind kind) {
    return server.listen(kind, new InetSocketAddress("127.0.0.1", 0));
  }

  private static Socket connect(InetSocketAddress to) throws IOException {
    Socket socket = new Socket();
    socket.connect(to);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, Bytes octets) throws IOException {
    socket.getOutputStream().write(octets.toArray());
    socket.getOutputStream().flush();
  }

  /** The server's CSM, then the answer: 2.05, the token, and so on. */
  private static void assertAnswered(Socket socket) throws IOException {
    byte[] csm = socket.getInputStream().readNBytes(1);
    int length = csm[0] >> 4 & 0xf;
    assertThat(socket.getInputStream().readNBytes(1 + length)[0]).isEqualTo((byte) 0xe1);
    assertAnswer(socket);
  }

  private static void assertAnswer(Socket socket) throws IOException {
    int header = socket.getInputStream().read();
    assertThat(header & 0xf).isEqualTo(1);
    assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(ANSWER.toArray());
    assertThat(socket.getInputStream().readNBytes(header >> 4)).endsWith('i', 't');
  }
}
