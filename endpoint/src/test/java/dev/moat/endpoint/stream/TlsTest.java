package dev.moat.endpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.credentials.KeyedCertificate;
import dev.moat.endpoint.credentials.PreSharedKey;
import dev.moat.engine.stream.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS 1.3 over loopback: who gets in, and what is said on both sides to who does not. */
@Timeout(60)
class TlsTest {
  private static final Authority ROOT = new Authority("Moat test root");
  private static final Authority OTHER = new Authority("Somebody else");
  private static final KeyedCertificate LOCK =
      ROOT.issue("lock", "lock.example", "127.0.0.1", "::1");
  private static final KeyedCertificate PHONE = ROOT.issue("phone");

  @ParameterizedTest
  @EnumSource(
      value = StreamKind.class,
      names = {"TLS", "WSS"})
  void bothSidesKnowWhoTheOtherIs(StreamKind kind) throws Exception {
    try (StreamPair pair = pair(server(), client(PHONE))) {
      Peer peer = pair.connect(kind, pair.listen(kind), "lock.example");
      assertThat(pair.asking.next()).isEqualTo("connected TRANSPORT certificate of CN=lock");
      assertThat(pair.asking.next()).isEqualTo("hi");
      pair.send(peer, Bytes.utf8("there"));
      assertThat(pair.asking.next()).isEqualTo("there");
      assertThat(pair.asking.connections.get(peer).security())
          .isEqualTo(Arrival.Security.TRANSPORT);
      assertThat(pair.served.connections.values())
          .allSatisfy(
              connection ->
                  assertThat(connection.identity())
                      .isEqualTo(
                          new PeerIdentity.Certificate(
                              "CN=phone", Bytes.owned(PHONE.chain().get(0).getEncoded()))));
    }
  }

  @Test
  void anAddressIsAHostOfItsOwnKind() throws Exception {
    try (StreamPair pair = pair(server(), client(PHONE))) {
      InetSocketAddress address = pair.listen(StreamKind.TLS);
      Peer first = pair.connect(StreamKind.TLS, address, "127.0.0.1");
      Peer second = pair.connect(StreamKind.TLS, address, "[::1]");
      assertThat(first).isNotEqualTo(second);
      assertThat(pair.refusal(StreamKind.TLS, address, "127.0.0.2"))
          .isEqualTo(
              "the server's certificate is for lock.example, 127.0.0.1, 0:0:0:0:0:0:0:1,"
                  + " not for 127.0.0.2");
    }
  }

  @Test
  void aSessionIsResumedForTheSameHost() throws Exception {
    try (StreamPair pair = pair(server(), client(PHONE))) {
      InetSocketAddress address = pair.listen(StreamKind.TLS);
      for (int i = 1; i <= 3; i++) {
        Peer peer = pair.connect(StreamKind.TLS, address, "lock.example");
        pair.send(peer, Bytes.utf8("bye"));
        int closed = i;
        StreamPair.await(() -> pair.asking.closed.get() == closed);
      }
      assertThat(pair.asking.told)
          .filteredOn(text -> text.startsWith("connected"))
          .hasSize(3)
          .containsOnly("connected TRANSPORT certificate of CN=lock");
    }
  }

  @Test
  void refusesAServerForAnotherHost() throws Exception {
    KeyedCertificate door = ROOT.issue("lock.example", "door.example");
    try (StreamPair pair = pair(credentials(door).trust(ROOT.certificate()), client(PHONE))) {
      InetSocketAddress address = pair.listen(StreamKind.TLS);
      assertThat(pair.refusal(StreamKind.TLS, address, "lock.example"))
          .isEqualTo("the server's certificate is for door.example, not for lock.example");
      assertThat(pair.refusals()).containsExactly("the client does not accept our certificate");
    }
  }

  @Test
  void neverTakesACommonNameOrAWildcardForTheHost() throws Exception {
    refusesServer(
        ROOT.issue("lock.example"),
        "the server's certificate names no host in subjectAltName, so it is not for lock.example",
        "the client does not accept our certificate");
    refusesServer(
        ROOT.issue("lock", "*.example"),
        "the server's certificate is for *.example, not for lock.example",
        "the client does not accept our certificate");
  }

  @Test
  void refusesAServerOfAnUnknownAuthority() throws Exception {
    refusesServer(
        OTHER.issue("lock", "lock.example"),
        "the server's certificate comes from an authority that is not trusted here:"
            + " CN=Somebody else",
        "the client does not accept our certificate");
  }

  @Test
  void refusesASelfSignedServer() throws Exception {
    refusesServer(
        Authority.selfSigned("lock", "lock.example"),
        "the server's certificate is self-signed and not itself trusted here",
        "the client does not accept our certificate");
  }

  @Test
  void refusesAServerWhoseCertificateHasExpired() throws Exception {
    refusesServer(
        ROOT.issue(wanted("lock", -20, -10, "lock.example")),
        "the server's certificate expired on " + day(-10),
        "the client does not accept our certificate");
  }

  @Test
  void refusesAServerWhoseCertificateIsNotValidYet() throws Exception {
    refusesServer(
        ROOT.issue(wanted("lock", 10, 20, "lock.example")),
        "the server's certificate is not valid before " + day(10),
        "the client does not accept our certificate");
  }

  @Test
  void refusesAClientsCertificateForAServer() throws Exception {
    refusesServer(
        ROOT.issue(wanted("lock", -1, 1, "lock.example").only(KeyPurposeId.id_kp_clientAuth)),
        "the server's certificate is not meant for TLS servers (key usage)",
        "the client does not accept our certificate");
  }

  @Test
  void refusesAClientWithoutACertificate() throws Exception {
    try (StreamPair pair = pair(server(), Credentials.builder().trust(ROOT.certificate()))) {
      assertThat(pair.refusal(StreamKind.TLS, pair.listen(StreamKind.TLS), "lock.example"))
          .isIn(
              "the server demands a certificate and we show none",
              "the server says that there is no good certificate of ours");
      assertThat(pair.refusals()).containsExactly("the client shows no certificate");
    }
  }

  @Test
  void takesAClientWithoutACertificateWhenToldTo() throws Exception {
    try (StreamPair pair =
        pair(server().allowAnonymousClients(), Credentials.builder().trust(ROOT.certificate()))) {
      Peer unused = pair.connect(StreamKind.TLS, pair.listen(StreamKind.TLS), "lock.example");
      assertThat(pair.served.connections.values())
          .extracting(Connection::identity)
          .containsExactly(new PeerIdentity.Anonymous());
    }
  }

  @Test
  void needsNoAuthorityOfClientsWhenAllMayBeAnonymous() throws Exception {
    try (StreamPair pair = pair(credentials(LOCK).allowAnonymousClients(), client(PHONE))) {
      Peer unused = pair.connect(StreamKind.TLS, pair.listen(StreamKind.TLS), "lock.example");
      assertThat(pair.served.connections.values())
          .extracting(Connection::identity)
          .containsExactly(new PeerIdentity.Anonymous());
    }
  }

  @Test
  void refusesAClientOfAnUnknownAuthority() throws Exception {
    refusesClient(
        OTHER.issue("phone"),
        "the client's certificate comes from an authority that is not trusted here:"
            + " CN=Somebody else");
  }

  @Test
  void refusesASelfSignedClient() throws Exception {
    refusesClient(
        Authority.selfSigned("phone"),
        "the client's certificate is self-signed and not itself trusted here");
  }

  @Test
  void refusesAClientWhoseCertificateHasExpired() throws Exception {
    refusesClient(
        ROOT.issue(wanted("phone", -20, -10)), "the client's certificate expired on " + day(-10));
  }

  @Test
  void refusesWhenNoCipherSuiteIsInCommon() throws Exception {
    StreamConfig one = with(server().build(), List.of("TLS_AES_128_GCM_SHA256"));
    StreamConfig two = with(client(PHONE).build(), List.of("TLS_CHACHA20_POLY1305_SHA256"));
    try (StreamPair pair = new StreamPair(one, two)) {
      assertThat(pair.refusal(StreamKind.TLS, pair.listen(StreamKind.TLS), "lock.example"))
          .isEqualTo("the server finds no cipher suite or parameters in common");
      assertThat(pair.refusals())
          .containsExactly("the client offers no cipher suite that is allowed");
    }
  }

  @Test
  void refusesTls12() throws Exception {
    try (StreamPair pair = pair(server(), client(PHONE));
        SSLSocket socket = jdkClient(pair.listen(StreamKind.TLS))) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(socket::startHandshake).hasMessageContaining("protocol_version");
      assertThat(pair.refusals()).containsExactly("the client does not offer TLS 1.3");
    }
  }

  @Test
  void refusesAnotherProtocolByAlpn() throws Exception {
    try (StreamPair pair = pair(server().allowAnonymousClients(), client(PHONE));
        SSLSocket socket = jdkClient(pair.listen(StreamKind.TLS))) {
      offerAlpn(socket, "h2");
      assertThatThrownBy(socket::startHandshake).hasMessageContaining("no_application_protocol");
      assertThat(pair.refusals()).containsExactly("the client speaks another protocol (ALPN)");
    }
  }

  @Test
  void refusesWhoLeavesOutAlpnOnAnyPortBut5684() throws Exception {
    assertThat(Tls.Alpn.BY_PORT.demandedAt(5684)).isFalse();
    assertThat(Tls.Alpn.BY_PORT.demandedAt(5685)).isTrue();
    assertThat(Tls.Alpn.OPTIONAL.demandedAt(5685)).isFalse();
    try (StreamPair pair = pair(server().allowAnonymousClients(), client(PHONE));
        SSLSocket socket = jdkClient(pair.listen(StreamKind.TLS))) {
      socket.startHandshake();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(pair.refusals())
          .containsExactly("the client negotiates no ALPN, which RFC 8323 demands on this port");
    }
  }

  @Test
  void takesWhoLeavesOutAlpnWhenToldTo() throws Exception {
    Tls tls = Tls.defaults().withAlpn(Tls.Alpn.OPTIONAL);
    StreamConfig lenient =
        StreamPair.config().withCredentials(server().allowAnonymousClients().build()).withTls(tls);
    try (StreamPair pair = new StreamPair(lenient, StreamPair.config());
        SSLSocket socket = jdkClient(pair.listen(StreamKind.TLS))) {
      socket.startHandshake();
      assertThat(socket.getInputStream().read()).isEqualTo('h');
    }
  }

  @Test
  void saysWhenTheClientDoesNotSpeakTls() throws Exception {
    try (StreamPair pair = pair(server(), client(PHONE));
        Socket socket = new Socket()) {
      socket.connect(pair.listen(StreamKind.TLS));
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(pair.refusals()).containsExactly("the client does not speak TLS");
    }
  }

  @Test
  void saysWhenTheServerDoesNotSpeakTls() throws Exception {
    try (StreamPair pair = pair(server(), client(PHONE));
        ServerSocket plain = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      InetSocketAddress address = (InetSocketAddress) plain.getLocalSocketAddress();
      Thread answering = new Thread(() -> answer(plain, "HTTP/1.1 400 Bad Request\r\n\r\n"));
      answering.start();
      assertThat(pair.refusal(StreamKind.TLS, address, "lock.example"))
          .isEqualTo("the server does not speak TLS");
      answering.join();
    }
  }

  @Test
  void saysWhenTheHandshakeTakesTooLong() throws Exception {
    StreamConfig.Limits hasty =
        StreamConfig.Limits.defaults()
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(9));
    StreamConfig config = StreamPair.config().withCredentials(server().build()).withLimits(hasty);
    try (StreamPair pair = new StreamPair(config, config);
        Socket silent = new Socket()) {
      silent.connect(pair.listen(StreamKind.TLS));
      assertThat(pair.refusals()).containsExactly("the handshake was not over within 300 ms");
      assertThat(silent.getInputStream().readAllBytes()).hasSizeLessThan(100); // an alert
    }
  }

  @Test
  void saysWhatCredentialsAreMissing() {
    PreSharedKey key = new PreSharedKey("phone", SecretBytes.copyOf(new byte[16]));
    Credentials psk = Credentials.builder().preSharedKey(key).accept(key).build();
    try (StreamPair pair =
        new StreamPair(
            StreamPair.config().withCredentials(psk), StreamPair.config().withCredentials(psk))) {
      assertThatThrownBy(() -> pair.listen(StreamKind.TLS))
          .hasMessage(
              "the JDK's TLS 1.3 has no raw public keys and no pre-shared keys (DTLS has both): a"
                  + " TLS server needs a certificate");
      assertThat(pair.refusal(StreamKind.TLS, new InetSocketAddress("127.0.0.1", 1), "h"))
          .isEqualTo(
              "the JDK's TLS 1.3 has no raw public keys and no pre-shared keys (DTLS has both): a"
                  + " TLS client needs trust anchors for servers");
    }
  }

  private static void refusesServer(KeyedCertificate shown, String client, String server)
      throws Exception {
    try (StreamPair pair = pair(credentials(shown).trust(ROOT.certificate()), client(PHONE))) {
      for (StreamKind kind : List.of(StreamKind.TLS, StreamKind.WSS)) {
        assertThat(pair.refusal(kind, pair.listen(kind), "lock.example")).isEqualTo(client);
      }
      assertThat(pair.refusals()).contains(server);
    }
  }

  private static void refusesClient(KeyedCertificate shown, String server) throws Exception {
    try (StreamPair pair = pair(server(), client(shown))) {
      for (StreamKind kind : List.of(StreamKind.TLS, StreamKind.WSS)) {
        assertThat(pair.refusal(kind, pair.listen(kind), "lock.example"))
            .isEqualTo("the server does not accept our certificate");
      }
      assertThat(pair.refusals()).contains(server);
    }
  }

  private static StreamPair pair(Credentials.Builder server, Credentials.Builder client) {
    return new StreamPair(
        StreamPair.config().withCredentials(server.build()),
        StreamPair.config().withCredentials(client.build()));
  }

  private static StreamConfig with(Credentials credentials, List<String> suites) {
    return StreamPair.config()
        .withCredentials(credentials)
        .withTls(Tls.defaults().withCipherSuites(suites));
  }

  private static Credentials.Builder server() {
    return credentials(LOCK).trust(ROOT.certificate());
  }

  private static Credentials.Builder client(KeyedCertificate shown) {
    return credentials(shown).trust(ROOT.certificate());
  }

  private static Credentials.Builder credentials(KeyedCertificate shown) {
    return Credentials.builder().certificate(shown);
  }

  private static Authority.Wanted wanted(String name, int from, int until, String... hosts) {
    Instant now = Instant.now();
    return new Authority.Wanted(
        new X500Name("CN=" + name),
        now.plus(Duration.ofDays(from)),
        now.plus(Duration.ofDays(until)),
        hosts);
  }

  private static String day(int days) {
    return Instant.now().plus(Duration.ofDays(days)).toString().substring(0, 10);
  }

  private static void answer(ServerSocket listener, String text) {
    try (Socket socket = listener.accept()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      boolean unused = socket.getInputStream().read() < 0;
    } catch (IOException ended) {
      System.out.println("the client went: " + ended.getMessage());
    }
  }

  private static void offerAlpn(SSLSocket socket, String protocol) {
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
  }

  /** Another implementation of TLS, which believes everybody. */
  private static SSLSocket jdkClient(InetSocketAddress to) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Gullible()}, null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
    socket.setSoTimeout(10_000);
    socket.connect(to);
    return socket;
  }

  private static final class Gullible implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
