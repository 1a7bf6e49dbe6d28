package dev.moat.cli.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of their own over UDP: a server and a client of one method; and a server that is
 * killed. {@link HandshakeOverUdpTest} has the other methods, in one process.
 */
@Timeout(120)
class TwoProcessesTest {
  @TempDir static Path folder;
  private static EdhocParties parties;

  @BeforeAll
  static void makeCredentials() {
    parties = new EdhocParties(folder);
  }

  @Test
  void twoProcessesPrintEqualSecrets() throws Exception {
    try (ChildServer server = ChildServer.start(0, parties.lock(3))) {
      List<String> arguments = new ArrayList<>(List.of("get", server.uri("/helloWorld")));
      arguments.addAll(parties.phone(3));
      Process client = ChildServer.moat(arguments).redirectErrorStream(true).start();
      String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(client.waitFor()).as(printed).isZero();
      assertThat(server.line()).startsWith("EDHOC complete: method 3, suite 2");
      assertThat(printed)
          .contains("EDHOC complete: method 3, suite 2")
          .contains(server.line())
          .contains(server.line())
          .contains("2.05 Content")
          .contains("Hello World!");
    }
  }

  @Test
  void afterTheServerWasKilledTheNextRunAgreesAnew() throws Exception {
    ChildServer first = ChildServer.start(0, parties.lock(3));
    int port = first.port();
    String before;
    try (first) {
      before = get(first);
      first.kill();
    }
    try (ChildServer second = ChildServer.start(port, parties.lock(3))) {
      assertThat(get(second)).isNotEqualTo(before);
    }
  }

  /** The secret that the client printed. */
  private static String get(ChildServer server) {
    List<String> arguments = new ArrayList<>(List.of("get", server.uri("/helloWorld")));
    arguments.addAll(parties.phone(3));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.err().lines().filter(line -> line.contains("Secret")).findFirst().orElseThrow();
  }
}
