package dev.moat.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** moat get, put and ping with moat serve over DTLS, TCP, TLS and WebSockets. */
@Timeout(180)
class TlsCommandsTest {
  @TempDir static Path folder;
  private static TlsFiles files = new TlsFiles(Path.of("."));
  private static ServerInBackground server = null;

  @BeforeAll
  static void make() {
    files = TlsFiles.make(folder);
    files.set("other");
    server = serve("house-server.pem", "--credentials", files.at("phone.json"));
  }

  private static ServerInBackground serve(String certificate, String... more) {
    List<String> all = new ArrayList<>();
    for (String scheme : List.of("coap", "coaps", "coap+tcp", "coaps+tcp", "coap+ws", "coaps+ws")) {
      all.addAll(List.of("--listen", scheme + "://127.0.0.1:0"));
    }
    all.addAll(List.of("-c", files.at(certificate), "-C", files.at("house-ca.pem")));
    all.addAll(List.of(more));
    return ServerInBackground.listening(all.toArray(String[]::new));
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coaps", "coaps+tcp", "coaps+ws"})
  void theLockObeysWhomItKnows(String scheme) {
    for (String state : List.of("unlocked", "locked")) {
      CommandRun put =
          run(scheme, "/lock", "put", "-e", state, "-c", "house-client.pem", "-C", "house-ca.pem");
      assertThat(put.status()).as(put.err()).isZero();
      assertThat(put.out()).contains(state);
    }
    assertThat(server.log()).contains("PUT /lock by certificate of CN=house client: 2.04");
  }

  @ParameterizedTest
  @ValueSource(strings = {"coap", "coap+tcp", "coap+ws"})
  void theLockObeysNobodyWithoutSecurity(String scheme) {
    assertThat(run(scheme, "/hello", "get").out()).contains("Hello from Moat");
    CommandRun put = run(scheme, "/lock", "put", "-e", "unlocked");
    assertThat(put.status()).isEqualTo(1);
    assertThat(put.err()).contains("4.01");
  }

  @Test
  void aPreSharedKeyIsEnoughForDtls() {
    CommandRun put = run("coaps", "/lock", "put", "-e", "locked", "--credentials", "phone.json");
    assertThat(put.status()).as(put.err()).isZero();
    assertThat(server.log()).contains("PUT /lock by PSK identity \"phone\": 2.04");
  }

  @ParameterizedTest
  @ValueSource(strings = {"coaps", "coap+tcp", "coaps+tcp", "coap+ws", "coaps+ws"})
  void pingsTheOtherEnd(String scheme) {
    CommandRun ping =
        scheme.startsWith("coaps")
            ? run(scheme, "", "ping", "-c", "house-client.pem", "-C", "house-ca.pem")
            : run(scheme, "", "ping");
    assertThat(ping.status()).as(ping.err()).isZero();
    assertThat(ping.out()).contains("pong from " + scheme + "://127.0.0.1");
  }

  @Test
  void observesAndDiscoversOverTls() {
    CommandRun observe =
        run(
            "coaps+tcp",
            "/clock",
            "observe",
            "-s",
            "3",
            "-c",
            "house-client.pem",
            "-C",
            "house-ca.pem");
    assertThat(observe.status()).as(observe.err()).isZero();
    assertThat(observe.out().lines().count()).isGreaterThan(1);
    assertThat(run("coap+tcp", "", "discover").out()).contains("/lock");
  }

  @ParameterizedTest
  @CsvSource({
    "coaps, -c house-client.pem -C other-ca.pem",
    "coaps+tcp, -c house-client.pem -C other-ca.pem",
    "coaps+ws, -c house-client.pem -C other-ca.pem",
    "coaps, -c other-client.pem -C house-ca.pem",
    "coaps+tcp, -c other-client.pem -C house-ca.pem",
    "coaps+tcp, -C house-ca.pem"
  })
  void aWrongAuthorityIsTold(String scheme, String flags) {
    CommandRun run = run(scheme, "/hello", ("get " + flags).split(" "));
    failed(run);
    assertThat(run.err()).containsAnyOf("certificate", "authority");
  }

  @ParameterizedTest
  @ValueSource(strings = {"phone", "nobody"})
  void aWrongKeyOrIdentityIsTold(String identity) {
    CommandRun run =
        run("coaps", "/hello", "get", "-u", identity, "-k", "0123456789abcdef", "-B", "6");
    failed(run);
    assertThat(run.err()).contains("PSK identity \"" + identity + "\"");
    CommandRun ping = run("coaps", "", "ping", "-u", identity, "-k", "0123456789abcdef", "-B", "6");
    assertThat(ping.status()).isEqualTo(1);
    assertThat(ping.err()).contains("no pong").contains("PSK identity \"" + identity + "\"");
    assertThat(server.log()).contains("no association with 127.0.0.1").contains("PSK");
  }

  @Test
  void aCertificateForAnotherHostIsTold() {
    files.set("far", "--host", "far.example");
    String ca = files.at("far-ca.pem");
    try (ServerInBackground far =
        ServerInBackground.listening(
            "--listen",
            "coaps://127.0.0.1:0",
            "--listen",
            "coaps+tcp://127.0.0.1:0",
            "-c",
            files.at("far-server.pem"),
            "-n",
            "-C",
            ca)) {
      for (String scheme : List.of("coaps", "coaps+tcp")) {
        CommandRun run = CommandRun.of("get", "-B", "20", "-C", ca, far.uri(scheme, "/hello"));
        failed(run);
        assertThat(run.err()).contains("far.example").contains("127.0.0.1");
      }
    }
  }

  @Test
  void theLockObeysNoAnonymousClient() {
    try (ServerInBackground open =
        ServerInBackground.listening(
            "--listen",
            "coaps+tcp://127.0.0.1:0",
            "-c",
            files.at("house-server.pem"),
            "-n",
            "-C",
            files.at("house-ca.pem"))) {
      String[] ca = {"-B", "20", "-C", files.at("house-ca.pem")};
      String uri = open.uri("coaps+tcp", "/lock");
      assertThat(CommandRun.of("get", ca[0], ca[1], ca[2], ca[3], uri).out()).contains("locked");
      CommandRun put = CommandRun.of("put", "-e", "unlocked", ca[0], ca[1], ca[2], ca[3], uri);
      assertThat(put.status()).isEqualTo(1);
      assertThat(put.err()).contains("4.01").contains("with a certificate only");
    }
  }

  private static void failed(CommandRun run) {
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.err())
        .contains("not delivered: ")
        .contains("It never left")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  private static CommandRun run(String scheme, String path, String... arguments) {
    List<String> all = new ArrayList<>();
    for (String argument : arguments) {
      boolean file = argument.endsWith(".pem") || argument.endsWith(".json");
      all.add(file && Files.exists(folder.resolve(argument)) ? files.at(argument) : argument);
    }
    if (!all.contains("-B")) {
      all.addAll(List.of("-B", "20"));
    }
    all.add(server.uri(scheme, path));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
