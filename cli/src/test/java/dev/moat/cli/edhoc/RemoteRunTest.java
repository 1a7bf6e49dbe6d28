package dev.moat.cli.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code moat edhoc run} with a server. */
@Timeout(60)
class RemoteRunTest {
  @TempDir static Path folder;
  private static EdhocParties parties;

  @BeforeAll
  static void makeCredentials() {
    parties = new EdhocParties(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "reverse"})
  void showsEveryMessageWithItsSize(String flow) {
    try (ServerInBackground server = server(3)) {
      CommandRun run = run(server.uri(""), 3, "--edhoc-flow", flow, "--show-secrets");
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("message_1, 37 octets", "message_2, 45 octets", "message_3, 19 octets")
          .contains("inside: Signature_or_MAC_2 8 octets", "inside: ID_CRED_I kid 0x")
          .contains("EDHOC complete: method 3", "in the " + flow + " flow")
          .contains("OSCORE Master Secret: ")
          .contains("/.well-known/core under OSCORE: 2.05 Content");
    }
  }

  @Test
  void showsThoseOfASharedKeyToScripts() throws Exception {
    try (ServerInBackground server = server(4)) {
      CommandRun run = run(server.uri("/helloWorld"), 4, "--json");
      assertThat(run.status()).as(run.err()).isZero();
      JsonNode root = new ObjectMapper().readTree(run.out());
      assertThat(root.path("messages")).hasSize(3);
      assertThat(root.path("messages").path(2).path("inside").toString())
          .contains("ID_CRED_PSK kid");
      assertThat(root.path("code").asText()).isEqualTo("2.05");
      assertThat(root.has("secrets")).isFalse();
    }
  }

  @Test
  void startsAgainWithTheServersSuite() {
    List<String> lock = parties.lock(3);
    lock.addAll(List.of("--suites", "3"));
    try (ServerInBackground server = ServerInBackground.start(lock.toArray(String[]::new))) {
      CommandRun run = run(server.uri(""), 3, "--suite", "2,3", "--method", "3");
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).containsSubsequence("message_1,", "message_1,", "method 3, suite 3");
    }
  }

  @Test
  void failuresAndWrongUsageAreExplained() {
    try (ServerInBackground plain = ServerInBackground.start()) {
      CommandRun run = run(plain.uri(""), 3);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("EDHOC with coap://127.0.0.1:", "4.04");
    }
    assertThat(run("coaps://localhost", 3).status()).isEqualTo(2);
    assertThat(run("localhost", 3).status()).isEqualTo(2);
    assertThat(CommandRun.of("edhoc", "run", "coap://localhost").status()).isEqualTo(2);
    assertThat(CommandRun.of("edhoc", "run", "--credentials", "a.json").status()).isEqualTo(2);
  }

  private static ServerInBackground server(int method) {
    return ServerInBackground.start(parties.lock(method).toArray(String[]::new));
  }

  private static CommandRun run(String uri, int method, String... more) {
    List<String> all = new ArrayList<>(List.of("edhoc", "run", uri));
    all.addAll(parties.options("--credentials", "phone", "lock", method));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
