package dev.moat.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of moat and of libcoap's tools against each other, over every transport. */
@Timeout(180)
class LibcoapTest {
  @TempDir static Path folder;
  private static TlsFiles files = new TlsFiles(Path.of("."));

  @BeforeAll
  static void make() {
    files = TlsFiles.make(folder);
  }

  @Test
  void coapClientTalksToMoatServe() throws Exception {
    try (ServerInBackground server =
        ServerInBackground.listening(
            "--listen",
            "coap://127.0.0.1:0",
            "--listen",
            "coap+tcp://127.0.0.1:0",
            "--listen",
            "coaps://127.0.0.1:0",
            "--listen",
            "coaps+tcp://127.0.0.1:0",
            "-c",
            files.at("house-server.pem"),
            "-C",
            files.at("house-ca.pem"),
            "--credentials",
            files.at("phone.json"))) {
      String[] psk = {"-u", "phone", "-k", Files.readString(folder.resolve("phone.key"))};
      asks(server.uri("coap", "/hello"));
      asks(server.uri("coap+tcp", "/hello"));
      asks(server.uri("coaps", "/hello"), psk);
      asks(server.uri("coaps", "/hello"), certificate());
      asks(server.uri("coaps+tcp", "/hello"), certificate());
      assertThat(Libcoap.client("openssl", with(server.uri("coaps", "/large"), psk)))
          .hasSizeGreaterThanOrEqualTo(65_536);
      assertThat(server.log())
          .contains("GET /hello by PSK identity \"phone\": 2.05")
          .contains("GET /hello by certificate of CN=house client: 2.05");
    }
  }

  @Test
  void aRawPublicKeyOpensTheServerToo() throws Exception {
    try (ServerInBackground server =
        ServerInBackground.listening(
            "--listen",
            "coaps://127.0.0.1:0",
            "-M",
            files.at("lock.pem"),
            "--peer-key",
            files.at("pad.pub.pem"))) {
      assertThat(Libcoap.client("gnutls", "-M", files.at("pad.pem"), server.uri("coaps", "/hello")))
          .contains("Hello from Moat");
      assertThat(server.log()).contains("GET /hello by raw public key");
    }
  }

  @Test
  void moatGetTalksToCoapServer() throws Exception {
    String key = Files.readString(folder.resolve("phone.key"));
    try (Libcoap.Server server =
        Libcoap.server(
            "openssl",
            "-k",
            key,
            "-c",
            files.at("house-server.pem"),
            "-C",
            files.at("house-ca.pem"))) {
      gets(server.uri("coap"));
      gets(server.uri("coap+tcp"));
      gets(server.uri("coaps"), "-u", "phone", "--key-file", files.at("phone.key"));
      gets(server.uri("coaps"), "--credentials", files.at("phone.json"));
      gets(server.uri("coaps"), certificate());
      gets(server.uri("coaps+tcp"), certificate());
    }
  }

  @Test
  void moatGetKnowsCoapServerByItsRawPublicKey() throws Exception {
    try (Libcoap.Server server = Libcoap.server("gnutls", "-M", files.at("lock.pem"))) {
      gets(server.uri("coaps"), "-M", files.at("pad.pem"), "--peer-key", files.at("lock.pub.pem"));
    }
  }

  private static String[] certificate() {
    return new String[] {"-c", files.at("house-client.pem"), "-C", files.at("house-ca.pem")};
  }

  private static void asks(String uri, String... flags) throws Exception {
    assertThat(Libcoap.client("openssl", with(uri, flags))).as(uri).contains("Hello from Moat");
  }

  private static void gets(String uri, String... flags) {
    List<String> all = new ArrayList<>(List.of("get", "-B", "20"));
    all.addAll(List.of(with(uri, flags)));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(uri + " " + run.err()).isZero();
    assertThat(run.out()).as(uri).contains("test server made with libcoap");
  }

  private static String[] with(String uri, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add(uri);
    return all.toArray(String[]::new);
  }
}
