package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.engine.stream.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8323, Section 4, spoken octet by octet where our own client would not. */
@Timeout(60)
class WebSocketTest {
  private static final String UPGRADE =
      """
      GET /.well-known/coap HTTP/1.1\r
      Host: lock.example\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Protocol: coap\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  @Test
  void bothOwnEndsTalk() throws Exception {
    try (StreamPair pair = pair()) {
      Peer peer = pair.connect(StreamKind.WS, pair.listen(StreamKind.WS), "lock.example");
      assertThat(pair.asking.connections.get(peer).framing())
          .isEqualTo(Connection.Framing.WEBSOCKET);
      assertThat(pair.asking.next()).isEqualTo("connected NONE anonymous");
      assertThat(pair.asking.next()).isEqualTo("hi");
      pair.send(peer, Bytes.utf8("one"));
      pair.send(peer, Bytes.utf8("two"));
      assertThat(pair.asking.next()).isEqualTo("one");
      assertThat(pair.asking.next()).isEqualTo("two");
      pair.send(peer, Bytes.utf8("bye"));
      assertThat(pair.asking.next()).isEqualTo("farewell");
      assertThat(pair.asking.next()).isEqualTo("closed");
    }
  }

  /** The exchange of RFC 8323, Figure 9, with the answer of RFC 6455, Section 1.3. */
  @Test
  void answersTheExampleOfTheRfc() throws Exception {
    try (StreamPair pair = pair();
        Raw raw = new Raw(pair.listen(StreamKind.WS))) {
      String answer = raw.upgrade(UPGRADE);
      assertThat(answer)
          .startsWith("HTTP/1.1 101 ")
          .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .containsIgnoringCase("sec-websocket-protocol: coap");
      assertThat(raw.frame()).isEqualTo("82:hi");
      raw.send(0x82, "there");
      assertThat(raw.frame()).isEqualTo("82:there");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/.well-known/coap, /, 404",
    "/.well-known/coap, /.well-known/core, 404",
    "GET, POST, 405",
    "Upgrade: websocket, X: y, 426",
    "Connection: Upgrade, Connection: close, 426",
    "Version: 13, Version: 8, 426",
    "Host: lock.example, X: y, 400",
    "Protocol: coap, Protocol: mqtt, 400",
    "Sec-WebSocket-Protocol: coap, X: y, 400",
    "dGhlIHNhbXBsZSBub25jZQ==, dGhl, 400",
    "dGhlIHNhbXBsZSBub25jZQ==, §, 400",
    "Host: lock.example, Origin: https://evil.example|Host: lock.example, 403",
    "Host: lock.example, Content-Length: 5|Host: lock.example, 400",
    "HTTP/1.1, HTP, 400",
  })
  void refusesAnUpgradeThatIsNotRight(String part, String instead, int status) throws Exception {
    try (StreamPair pair = pair();
        Raw raw = new Raw(pair.listen(StreamKind.WS))) {
      String answer = raw.upgrade(UPGRADE.replace(part, instead.replace("|", "\r\n")));
      assertThat(answer).startsWith("HTTP/1.1 " + status).containsIgnoringCase("connection: close");
      assertThat(raw.rest()).endsWith("\n");
      assertThat(pair.refusals()).hasSize(1);
      assertThat(pair.served.opened.get()).isZero();
    }
  }

  @Test
  void takesAnOriginThatIsAllowed() throws Exception {
    WebSockets rules = WebSockets.defaults().withAllowedOrigins(Set.of("https://app.example"));
    StreamConfig config = StreamPair.config().withWebSockets(rules);
    try (StreamPair pair = new StreamPair(config, config);
        Raw raw = new Raw(pair.listen(StreamKind.WS))) {
      String browser = UPGRADE.replace("Host:", "Origin: https://app.example\r\nHost:");
      assertThat(raw.upgrade(browser)).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void refusesHeadersWithoutEnd() throws Exception {
    try (StreamPair pair = pair();
        Raw raw = new Raw(pair.listen(StreamKind.WS))) {
      String endless = "GET /.well-known/coap HTTP/1.1\r\n" + "X: yyyyyyyyyyyy\r\n".repeat(1000);
      assertThat(raw.upgrade(endless)).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void givesUpWhoNeverFinishesItsHeaders() throws Exception {
    StreamConfig.Limits hasty =
        StreamConfig.Limits.defaults()
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(9));
    StreamConfig config = StreamPair.config().withLimits(hasty);
    try (StreamPair pair = new StreamPair(config, config);
        Raw raw = new Raw(pair.listen(StreamKind.WS))) {
      raw.out("GET /.well-known/coap HTTP/1.1\r\nHost: ");
      assertThat(pair.refusals()).containsExactly("the handshake was not over within 300 ms");
      assertThat(raw.rest()).isEmpty();
    }
  }

  @Test
  void joinsFragmentsAndAnswersAPingBetweenThem() throws Exception {
    try (StreamPair pair = pair();
        Raw raw = new Raw(pair.listen(StreamKind.WS))) {
      raw.open();
      raw.send(0x02, "fr");
      raw.send(0x00, "");
      raw.send(0x89, "ping");
      raw.send(0x80, "agments");
      assertThat(raw.frame()).isEqualTo("8a:ping");
      assertThat(raw.frame()).isEqualTo("82:fragments");
    }
  }

  @Test
  void closesWithTheCodeOfWhatIsWrong() throws Exception {
    closesWith(1003, raw -> raw.send(0x81, "text"));
    closesWith(1002, raw -> raw.write(new byte[] {(byte) 0x82, 1, 'x'})); // not masked
    closesWith(1002, raw -> raw.send(0x80, "continues nothing"));
    closesWith(1002, raw -> raw.send(0xc2, "extension bit"));
    closesWith(1002, raw -> raw.send(0x83, "unknown opcode"));
    closesWith(1000, raw -> raw.send(0x88, "\u0003\u00e8"));
  }

  @Test
  void boundsAMessageHoweverItIsCut() throws Exception {
    WebSockets rules = WebSockets.defaults().withLimits(8192, 64);
    closesWith(rules, 1009, raw -> raw.send(0x82, "x".repeat(65)));
    closesWith(
        rules,
        1009,
        raw -> {
          raw.send(0x02, "x".repeat(60));
          raw.send(0x80, "x".repeat(5));
        });
  }

  @Test
  void takesNoLongerMessagesThanTheProtocol() throws Exception {
    StreamConfig config = StreamPair.config();
    try (StreamPair pair = new StreamPair(config, config)) {
      pair.served.maxMessageOctets = 100;
      try (Raw raw = new Raw(pair.listen(StreamKind.WS))) {
        raw.open();
        raw.send(0x82, "x".repeat(101));
        assertThat(raw.frame()).startsWith("88:");
        assertThat(raw.lastCode).isEqualTo(1009);
      }
      StreamPair.await(() -> pair.served.closed.get() == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 404 Not Found, the server has no CoAP over WebSockets: nothing is at"
        + " /.well-known/coap",
    "HTTP/1.1 200 OK, the server answered 200 to the request for a WebSocket",
    "SSH-2.0-x, 'the server does not answer in HTTP/1.1, or at too great length'",
  })
  void saysWhatTheServerAnsweredInstead(String line, String sentence) throws Exception {
    assertThat(answeredWith(line + "\r\nContent-Length: 0\r\n\r\n")).isEqualTo(sentence);
  }

  @Test
  void believesNoServerThatDoesNotProveItsUpgrade() throws Exception {
    String head = "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    String wrong = "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n";
    assertThat(answeredWith(head + wrong + "Sec-WebSocket-Protocol: coap\r\n\r\n"))
        .isEqualTo("the server's answer does not prove that it opened a WebSocket for us");
    assertThat(answeredWith(head + wrong + "Sec-WebSocket-Protocol: mqtt\r\n\r\n"))
        .isEqualTo("the server opened a WebSocket, but not for CoAP (subprotocol coap)");
  }

  @Test
  void asksForWhatTheRfcSaysAndNamesNoOrigin() throws Exception {
    String[] request = new String[1];
    String unused = answeredWith("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", request);
    assertThat(request[0])
        .startsWith("GET /.well-known/coap HTTP/1.1\r\n")
        .containsIgnoringCase("sec-websocket-protocol: coap\r\n")
        .containsIgnoringCase("sec-websocket-version: 13\r\n")
        .containsPattern("(?i)host: lock\\.example:\\d+\r\n")
        .doesNotContainIgnoringCase("origin")
        .doesNotContainIgnoringCase("extensions");
  }

  private static String answeredWith(String answer, String... request) throws Exception {
    try (StreamPair pair = pair();
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Thread serving = new Thread(() -> serve(listener, answer, request));
      serving.start();
      InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
      String sentence = pair.refusal(StreamKind.WS, address, "lock.example");
      serving.join();
      return sentence;
    }
  }

  private static void serve(ServerSocket listener, String answer, String[] request) {
    try (Socket socket = listener.accept()) {
      String head = head(socket.getInputStream());
      if (request.length > 0) {
        request[0] = head;
      }
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      boolean unused = socket.getInputStream().read() < 0;
    } catch (IOException ended) {
      System.out.println("the client went: " + ended.getMessage());
    }
  }

  private static void closesWith(int code, Act act) throws Exception {
    closesWith(WebSockets.defaults(), code, act);
  }

  private static void closesWith(WebSockets rules, int code, Act act) throws Exception {
    StreamConfig config = StreamPair.config().withWebSockets(rules);
    try (StreamPair pair = new StreamPair(config, config);
        Raw raw = new Raw(pair.listen(StreamKind.WS))) {
      raw.open();
      act.on(raw);
      assertThat(raw.frame()).startsWith("88:");
      assertThat(raw.lastCode).isEqualTo(code);
      assertThat(raw.rest()).isEmpty();
      StreamPair.await(() -> pair.served.closed.get() == 1);
    }
  }

  private static StreamPair pair() {
    return new StreamPair(StreamPair.config(), StreamPair.config());
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int octet = in.read();
      if (octet < 0) {
        break;
      }
      head.write(octet);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private interface Act {
    void on(Raw raw) throws IOException;
  }

  /** A WebSocket client that may break every rule. */
  private static final class Raw implements AutoCloseable {
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket = new Socket();
    private int lastCode;

    Raw(InetSocketAddress to) throws IOException {
      socket.connect(to);
      socket.setSoTimeout(10_000);
    }

    String upgrade(String request) throws IOException {
      out(request);
      return head(socket.getInputStream());
    }

    void open() throws IOException {
      assertThat(upgrade(UPGRADE)).startsWith("HTTP/1.1 101 ");
      assertThat(frame()).isEqualTo("82:hi");
    }

    void out(String text) throws IOException {
      write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] octets) throws IOException {
      socket.getOutputStream().write(octets);
    }

    /** A masked frame of less than 126 octets. */
    void send(int first, String content) throws IOException {
      byte[] octets = content.getBytes(StandardCharsets.ISO_8859_1);
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(first);
      frame.write(0x80 | octets.length);
      frame.writeBytes(MASK);
      for (int i = 0; i < octets.length; i++) {
        frame.write(octets[i] ^ MASK[i % 4]);
      }
      write(frame.toByteArray());
    }

    /** The next frame: its first octet and its content. */
    String frame() throws IOException {
      InputStream in = socket.getInputStream();
      int first = in.read();
      int length = in.read();
      assertThat(length).isBetween(0, 125);
      byte[] content = in.readNBytes(length);
      if (first == 0x88 && length >= 2) {
        lastCode = (content[0] & 0xff) << 8 | content[1] & 0xff;
      }
      return Integer.toHexString(first) + ":" + new String(content, StandardCharsets.ISO_8859_1);
    }

    String rest() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
