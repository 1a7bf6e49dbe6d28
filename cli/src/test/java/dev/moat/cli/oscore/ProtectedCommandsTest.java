package dev.moat.cli.oscore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code moat serve -E} and clients with {@code -E}, over loopback. */
class ProtectedCommandsTest {
  private static final String SECRET = "master_secret,hex,\"0102030405060708090a0b0c0d0e0f10\"";
  private static final String ME = "sender_id,ascii,\"client\"";
  private static final String SERVER = "recipient_id,ascii,\"server\"";

  @TempDir Path folder;

  @Test
  void aProtectedClientTurnsTheLockAndNobodyElseDoes() {
    Path client = client();
    try (ServerInBackground server = serve()) {
      String lock = server.uri("/lock");
      CommandRun open = CommandRun.of("put", "-E", client.toString(), "-e", "unlocked", lock);
      assertThat(open.err()).contains("2.04").contains("client.conf.moat-state");
      assertThat(open.status()).isZero();
      assertThat(CommandRun.of("put", "-e", "locked", lock).err()).contains("4.01");
      CommandRun read = CommandRun.of("get", "-E", client.toString(), lock);
      assertThat(read.out()).contains("unlocked");
      assertThat(read.err()).doesNotContain("moat-state");
      assertThat(server.ready()).contains("OSCORE with 1 peer").contains("protected requests only");
    }
  }

  @Test
  void blocksObservationsAndDiscoveryAreProtected() {
    String conf = client().toString();
    try (ServerInBackground server = serve()) {
      CommandRun large = CommandRun.of("get", "-E", conf, server.uri("/large"));
      assertThat(large.out()).hasSize(65536);
      CommandRun clock = CommandRun.of("observe", "-E", conf, "-s", "3", server.uri("/clock"));
      assertThat(clock.status()).isZero();
      assertThat(clock.out().lines().count()).isGreaterThan(1);
      CommandRun links = CommandRun.of("discover", "-E", conf, server.uri(""));
      assertThat(links.out()).contains("/lock");
      assertThat(CommandRun.of("post", "-E", conf, "-e", "x", server.uri("/hello")).err())
          .contains("4.05");
    }
  }

  @Test
  void bothSidesGoOnAfterARestartWithTheSameSequenceFiles() throws IOException {
    String conf = client() + "," + folder.resolve("client.seq");
    String serverConf = serverConf() + "," + folder.resolve("server.seq");
    try (ServerInBackground server = ServerInBackground.start("-E", serverConf)) {
      assertThat(CommandRun.of("get", "-E", conf, server.uri("/lock")).status()).isZero();
    }
    long before = Long.parseLong(Files.readString(folder.resolve("client.seq")).strip());
    try (ServerInBackground server = ServerInBackground.start("-E", serverConf)) {
      CommandRun put = CommandRun.of("put", "-E", conf, "-e", "unlocked", server.uri("/lock"));
      assertThat(put.status()).as(put.err()).isZero();
      assertThat(CommandRun.of("get", "-E", conf, server.uri("/lock")).out()).contains("unlocked");
      assertThat(server.log()).contains("challenged by Echo").contains("resynchronised");
    }
    long after = Long.parseLong(Files.readString(folder.resolve("client.seq")).strip());
    assertThat(after).isGreaterThan(before);
  }

  @Test
  void anUnprotectedErrorIsToldAsOneThatMayBeForged() throws IOException {
    Path wrong =
        PrivateFiles.write(folder, "wrong.conf", SECRET.replace("0102", "0902"), ME, SERVER);
    try (ServerInBackground server = serve()) {
      CommandRun put =
          CommandRun.of("put", "-E", wrong.toString(), "-e", "unlocked", server.uri("/lock"));
      assertThat(put.status()).isEqualTo(1);
      assertThat(put.err())
          .contains("outcome unknown: an unprotected error, which may be forged: 4.00")
          .contains("Decryption failed")
          .contains("may have been executed")
          .contains("moat oscore derive");
      CommandRun json =
          CommandRun.of("get", "--json", "-E", wrong.toString(), server.uri("/hello"));
      JsonNode told = new ObjectMapper().readTree(json.out());
      assertThat(told.path("doubt").asText()).isEqualTo("unprotected-error");
      assertThat(told.path("unprotectedError").path("code").asText()).startsWith("4.0");
      assertThat(CommandRun.of("get", server.uri("/lock")).out()).contains("locked");
    }
  }

  @Test
  void aRequestThatWasMeantToBeProtectedNeverLeavesWithout() throws IOException {
    Path client = client();
    try (ServerInBackground server = serve()) {
      Path garbage = Files.writeString(folder.resolve("garbage.seq"), "many");
      CommandRun corrupt = CommandRun.of("get", "-E", client + "," + garbage, server.uri("/hello"));
      assertThat(corrupt.status()).isEqualTo(1);
      assertThat(corrupt.err()).contains("unusable").contains("garbage.seq");
      assertThat(CommandRun.of("get", "-E", "nowhere.conf", server.uri("/hello")).err())
          .contains("there is no file");
      CommandRun both = CommandRun.of("get", "-E", "a", "--credentials", "b", server.uri("/hello"));
      assertThat(both.status()).isEqualTo(2);
      assertThat(CommandRun.of("ping", "-E", client.toString(), server.uri("")).err())
          .contains("-E cannot protect a ping");
    }
  }

  @Test
  void oneProcessAtATimeUsesAContext() {
    Path client = client();
    OpenedContexts elsewhere = new OpenedContexts();
    try (ServerInBackground server = serve();
        elsewhere;
        OscoreConf conf = OscoreConfFile.of(client.toString()).read(false)) {
      elsewhere.add(conf, () -> StateKeeper.database(OscoreConfFile.of(client.toString()).state()));
      CommandRun second = CommandRun.of("get", "-E", client.toString(), server.uri("/hello"));
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).contains("unusable").contains("repeat nonces");
    }
  }

  @Test
  void aSequenceFileDoesNotBeginAnewWithUsedKeys() {
    Path client = client();
    try (ServerInBackground server = serve()) {
      String hello = server.uri("/hello");
      assertThat(CommandRun.of("get", "-E", client.toString(), hello).status()).isZero();
      CommandRun anew = CommandRun.of("get", "-E", client + "," + folder.resolve("new.seq"), hello);
      assertThat(anew.status()).isEqualTo(1);
      assertThat(anew.err()).contains("would begin at 0 again");
    }
  }

  @Test
  void contextsThatCannotBeToldApartAreRefused() {
    CommandRun run = CommandRun.of("serve", "-E", serverConf().toString(), "--plugtest", "oscore");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("contexts of its own");
  }

  @Test
  void thePlugtestServesItsTestContexts() {
    Path contextA =
        PrivateFiles.write(
            folder,
            "a.conf",
            SECRET,
            "master_salt,hex,9e7ca92223786340",
            "sender_id,hex,\"\"",
            "recipient_id,hex,01");
    try (ServerInBackground server = ServerInBackground.start("--plugtest", "oscore")) {
      assertThat(server.log()).contains("INSECURE: the keys of this plugtest are published");
      assertThat(server.ready()).contains("OSCORE with 2 peers");
      String hello = server.uri("/oscore/hello/1");
      CommandRun get = CommandRun.of("get", "-E", contextA.toString(), hello);
      assertThat(get.out()).contains("Hello World!");
      assertThat(CommandRun.of("get", hello).err()).contains("4.01");
      assertThat(CommandRun.of("get", server.uri("/oscore/hello/coap")).status()).isZero();
      CommandRun observe =
          CommandRun.of(
              "observe", "-E", contextA.toString(), "-s", "6", server.uri("/oscore/observe1"));
      assertThat(observe.out()).contains("one").contains("two");
      assertThat(observe.err()).contains("5.00").contains("the observation ended");
    }
  }

  private ServerInBackground serve() {
    return ServerInBackground.start("-E", serverConf().toString());
  }

  private Path client() {
    return PrivateFiles.write(folder, "client.conf", SECRET, ME, SERVER);
  }

  private Path serverConf() {
    return PrivateFiles.write(
        folder,
        "server.conf",
        SECRET,
        "sender_id,ascii,\"server\"",
        "recipient_id,ascii,\"client\"");
  }
}
