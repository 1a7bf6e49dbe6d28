package dev.moat.conformance.interop.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.conformance.interop.InteropServer;
import dev.moat.conformance.interop.Loopback;
import dev.moat.conformance.interop.Store;
import dev.moat.endpoint.ClientRequest;
import dev.moat.endpoint.CoapClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenSSL sees of our handshakes: versions, suites, ALPN, and who is asked for what. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OpensslTest {
  /** CSM, then GET / with an empty token (RFC 8323, Sections 3.2 and 5.3). */
  private static final byte[] STREAM_GET = HexFormat.of().parseHex("00e10001");

  /** Confirmable GET / with an empty token. */
  private static final byte[] DATAGRAM_GET = HexFormat.of().parseHex("40011234");

  private static final String AT_ROOT = "a store for interoperability tests";
  private static final String WEAK = "@SECLEVEL=0";
  private static final String NOT_ESTABLISHED = "Cipher is (NONE)";

  @BeforeAll
  static void skipsWithoutOpenssl() {
    Openssl.assumeInstalled();
  }

  private static String[] trusting(Person shown, String... others) {
    List<String> options = new ArrayList<>(Openssl.showing(shown));
    options.addAll(List.of("-CAfile", Keys.authorityFile(), "-verify_return_error"));
    return Openssl.options(options, others);
  }

  @Nested
  final class AsClientOverTls {
    private Openssl client(InteropServer server, String... options) throws Exception {
      return Openssl.client(
          server.port(), Openssl.options(List.of("-nocommands", "-ign_eof"), options));
    }

    @Test
    void negotiatesTls13AndCoapAndIsAskedForACertificate() throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.TLS, new Store());
          Openssl client = client(server, trusting(Keys.CLIENT, "-alpn", "coap"))) {
        client.await("Verify return code: 0 (ok)");
        client.send(STREAM_GET);
        client.await(AT_ROOT);
        assertThat(client.output())
            .contains("New, TLSv1.3, Cipher is TLS_AES_", "ALPN protocol: coap")
            .containsPattern("Acceptable client certificate CA names\\s+CN = Moat interop root");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_1", "-tls1"})
    void getsNoOlderVersion(String version) throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.TLS, new Store());
          Openssl client =
              client(
                  server,
                  trusting(Keys.CLIENT, "-alpn", "coap", version, "-cipher", "ALL:" + WEAK))) {
        assertThat(client.awaitEnd()).contains("alert protocol version", NOT_ESTABLISHED);
      }
    }

    @Test
    void getsNoOtherProtocol() throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.TLS, new Store());
          Openssl client = client(server, trusting(Keys.CLIENT, "-alpn", "http/1.1"))) {
        assertThat(client.awaitEnd()).contains("alert no application protocol");
      }
    }

    /** Only on port 5684 may it be left out (RFC 8323, Section 8.2). */
    @Test
    void mustNameTheProtocol() throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.TLS, new Store());
          Openssl client = client(server, trusting(Keys.CLIENT))) {
        client.send(STREAM_GET);
        assertThat(client.awaitEnd()).doesNotContain(AT_ROOT);
      }
    }

    @Test
    void mustShowACertificate() throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.TLS, new Store());
          Openssl client = client(server, "-CAfile", Keys.authorityFile(), "-alpn", "coap")) {
        client.send(STREAM_GET);
        assertThat(client.awaitEnd()).contains("alert").doesNotContain(AT_ROOT);
      }
    }
  }

  @Nested
  final class AsClientOverDtls {
    private Openssl client(InteropServer server, String... options) throws Exception {
      List<String> all = new ArrayList<>(Openssl.sharedKey());
      all.addAll(List.of("-psk_identity", Keys.IDENTITY, "-nocommands", "-ign_eof"));
      return Openssl.client(server.port(), Openssl.options(all, options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSK-AES128-CCM8", "PSK-AES128-GCM-SHA256"})
    void getsAnAnswerByASharedKey(String suite) throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.DTLS_PSK, new Store());
          Openssl client = client(server, "-dtls1_2", "-cipher", suite)) {
        client.await("Extended master secret: yes");
        client.send(DATAGRAM_GET);
        client.await(AT_ROOT);
        assertThat(client.output()).contains("Cipher is " + suite, "DTLSv1.2");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "PSK-NULL-SHA256",
          "PSK-NULL-SHA",
          "PSK-AES128-CBC-SHA",
          "PSK-AES128-CBC-SHA256",
          "ECDHE-PSK-NULL-SHA256"
        })
    void getsNoWeakSuite(String suite) throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.DTLS_PSK, new Store());
          Openssl client = client(server, "-dtls1_2", "-cipher", suite + ":" + WEAK)) {
        assertThat(client.awaitEnd()).contains("alert handshake failure", NOT_ESTABLISHED);
      }
    }

    @Test
    void getsNoOlderVersion() throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.DTLS_PSK, new Store());
          Openssl client = client(server, "-dtls1", "-cipher", "PSK:" + WEAK)) {
        assertThat(client.awaitEnd()).contains("alert protocol version", NOT_ESTABLISHED);
      }
    }

    @Test
    void mustShowACertificateWhereKeysAreNotShared() throws Exception {
      try (InteropServer server = MoatChannels.serve(Channel.DTLS_X509, new Store());
          Openssl client =
              Openssl.client(
                  server.port(), "-dtls1_2", "-CAfile", Keys.authorityFile(), "-nocommands")) {
        assertThat(client.awaitEnd()).contains("alert");
      }
    }

    /** It shows its certificate whatever authorities the server names. */
    @Test
    void isRefusedWithACertificateOfAnotherAuthority() throws Exception {
      Person stranger = new Authority("Another root").issue("client");
      List<String> options = new ArrayList<>(Openssl.showing(stranger));
      options.addAll(List.of("-dtls1_2", "-CAfile", Keys.authorityFile(), "-nocommands"));
      try (InteropServer server = MoatChannels.serve(Channel.DTLS_X509, new Store());
          Openssl client = Openssl.client(server.port(), options.toArray(String[]::new))) {
        assertThat(client.awaitEnd()).contains("alert unknown ca");
      }
    }
  }

  @Nested
  final class AsServer {
    /** For a response, which never comes: OpenSSL knows no CoAP. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private String reason(Channel channel, int port) {
      CoapClient client =
          CoapClient.builder()
              .credentials(MoatChannels.credentials(channel, Keys.CLIENT, Keys.SERVER))
              .build();
      try (client) {
        return client
            .send(ClientRequest.of(Code.GET, channel.base(port) + "/").timeout(PATIENCE))
            .fold(
                Object::toString,
                notDelivered -> notDelivered.reason().orElse("no reason"),
                unknown -> "unknown: " + unknown.doubt());
      }
    }

    private Openssl tls(int port, String... options) throws Exception {
      String[] all =
          Openssl.options(List.of(trusting(Keys.SERVER, "-Verify", "1", "-quiet")), options);
      return ready(Openssl.server(port, all));
    }

    private Openssl dtls(int port, String... options) throws Exception {
      List<String> all = new ArrayList<>(Openssl.sharedKey());
      all.add("-nocert");
      return ready(Openssl.server(port, Openssl.options(all, options)));
    }

    /** It prints nothing when quiet; a client that comes too early is refused. */
    private Openssl ready(Openssl server) throws Exception {
      TimeUnit.MILLISECONDS.sleep(300);
      return server;
    }

    @Test
    void seesTls13AndCoapAndOurCertificate() throws Exception {
      int port = Loopback.freePortPair();
      try (Openssl server =
          ready(
              Openssl.server(
                  port, trusting(Keys.SERVER, "-Verify", "1", "-alpn", "coap", "-tls1_3")))) {
        assertThat(reason(Channel.TLS, port)).isNotEmpty();
        assertThat(server.output())
            .contains("ALPN protocols selected: coap", "CIPHER is TLS_AES_", "CN = client");
      }
    }

    @Test
    void cannotMakeUsTakeTls12() throws Exception {
      int port = Loopback.freePortPair();
      try (Openssl server = tls(port, "-alpn", "coap", "-tls1_2")) {
        assertThat(reason(Channel.TLS, port)).contains("TLS 1.3");
        assertThat(server.output()).doesNotContain("CIPHER is");
      }
    }

    @Test
    void mustNameTheProtocol() throws Exception {
      int port = Loopback.freePortPair();
      try (Openssl server = tls(port, "-tls1_3")) {
        assertThat(reason(Channel.TLS, port)).containsAnyOf("ALPN", "\"coap\"");
        assertThat(server.output()).doesNotContain("alert");
      }
    }

    @Test
    void sharesAKeyOverDtls() throws Exception {
      int port = Loopback.freePortPair();
      try (Openssl server = dtls(port, "-dtls1_2", "-cipher", "PSK-AES128-GCM-SHA256")) {
        assertThat(reason(Channel.DTLS_PSK, port)).isNotEmpty();
        assertThat(server.output()).contains("CIPHER is PSK-AES128-GCM-SHA256");
      }
    }

    @Test
    void cannotMakeUsTakeDtls10() throws Exception {
      int port = Loopback.freePortPair();
      try (Openssl server = dtls(port, "-dtls1", "-cipher", "PSK:" + WEAK)) {
        assertThat(reason(Channel.DTLS_PSK, port)).containsAnyOf("DTLS 1.2", "cipher suite");
        assertThat(server.output()).doesNotContain("CIPHER is");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSK-NULL-SHA256", "PSK-AES128-CBC-SHA256"})
    void cannotMakeUsTakeAWeakSuite(String suite) throws Exception {
      int port = Loopback.freePortPair();
      try (Openssl server = dtls(port, "-dtls1_2", "-cipher", suite + ":" + WEAK)) {
        assertThat(reason(Channel.DTLS_PSK, port)).contains("cipher suite");
        assertThat(server.output()).doesNotContain("CIPHER is");
      }
    }
  }
}
