package dev.moat.cli.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code moat serve --edhoc} and {@code moat get} over real sockets, in this process. */
@Timeout(60)
class HandshakeOverUdpTest {
  @TempDir static Path folder;
  private static EdhocParties parties;

  @BeforeAll
  static void makeCredentials() {
    parties = new EdhocParties(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  @Tag("LK-011")
  void bothSidesPrintEqualSecretsInEveryMethodAndFlow(int method) {
    try (ServerInBackground server = server(parties.lock(method))) {
      for (List<String> way :
          List.of(
              List.<String>of(), List.of("--no-combined"), List.of("--edhoc-flow", "reverse"))) {
        boolean reverse = way.contains("reverse");
        List<String> options = parties.phone(method);
        options.addAll(way);
        if (!reverse) {
          options.addAll(List.of("--edhoc-method", Integer.toString(method)));
        }
        CommandRun run = get(server.uri("/helloWorld"), options);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Hello World!\n");
        assertThat(run.err())
            .contains("EDHOC complete: method " + method + ", suite 2, C_I 0x")
            .contains(reverse ? "as responder in the reverse" : "as initiator in the forward")
            .contains("2.05 Content");
        assertThat(server.ready())
            .contains(reverse ? "as initiator in the reverse" : "as responder in the forward")
            .contains(secrets(run.err()));
      }
    }
  }

  @Test
  @Tag("LK-105")
  void message3GoesWithTheFirstRequestUnlessForbidden() throws Exception {
    try (ServerInBackground server = server(parties.lock(3));
        Datagrams combined = new Datagrams(server.uri(""));
        Datagrams sequential = new Datagrams(server.uri(""))) {
      assertThat(get(combined.uri("/helloWorld"), parties.phone(3)).status()).isZero();
      List<String> options = parties.phone(3);
      options.add("--no-combined");
      assertThat(get(sequential.uri("/helloWorld"), options).status()).isZero();
      assertThat(combined.ofClient()).isEqualTo(2);
      assertThat(sequential.ofClient()).isEqualTo(3);
    }
  }

  /** A certificate does not fit into a first answer to an address that has proved nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"", "--insecure-no-echo"})
  void peersWithoutEchoAreServedOnDemandOnly(String flag) throws Exception {
    parties.keygen("authority", "--type", "ca", "--force");
    parties.keygen("sealed", "--type", "x509", "--ca", parties.file("authority.json"), "--force");
    List<String> lock =
        new ArrayList<>(
            List.of(
                "--edhoc",
                parties.file("sealed.json"),
                "--edhoc",
                parties.file("phone-sign.pub.json")));
    if (!flag.isEmpty()) {
      lock.add(flag);
    }
    List<String> phone =
        List.of(
            "--credentials",
            parties.file("phone-sign.json"),
            "--credentials",
            parties.file("authority.pub.json"));
    try (ServerInBackground server = server(lock);
        Datagrams datagrams = new Datagrams(server.uri(""))) {
      CommandRun run = get(datagrams.uri("/helloWorld"), phone);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(datagrams.ofClient()).isEqualTo(flag.isEmpty() ? 3 : 2);
      assertThat(server.ready().contains("INSECURE: asks nobody")).isEqualTo(!flag.isEmpty());
    }
  }

  @Test
  void secretsAreShownOnlyWhenAsked() {
    List<String> lock = parties.lock(3);
    lock.remove("--show-secrets");
    List<String> phone = parties.phone(3);
    phone.remove("--show-secrets");
    try (ServerInBackground server = server(lock)) {
      CommandRun quiet = get(server.uri("/helloWorld"), phone);
      assertThat(quiet.err()).isEqualTo("2.05 Content\n");
      phone.add("-v");
      assertThat(get(server.uri("/helloWorld"), phone).err())
          .contains("EDHOC complete: method 3")
          .doesNotContain("Master");
      assertThat(server.ready()).contains("EDHOC complete: method 3").doesNotContain("Master");
      assertThat(server.log()).isEmpty();
    }
  }

  @Test
  void takesAShortPathAndMessage4AndEverySuite() {
    List<String> lock = parties.lock(3);
    lock.addAll(List.of("--edhoc-path", "/e", "--message-4", "--suites", "3,5,2"));
    try (ServerInBackground server = server(lock)) {
      List<String> phone = parties.phone(3);
      phone.addAll(List.of("--edhoc-path", "/e", "--message-4", "--suites", "2,3"));
      CommandRun run = get(server.uri("/helloWorld"), phone);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).contains("method 3, suite 2");
      assertThat(server.ready()).contains("EDHOC at /.well-known/edhoc and /e, both flows");
    }
  }

  @Test
  void theLockObeysWhoRanEdhoc() {
    try (ServerInBackground server = server(parties.lock(3))) {
      List<String> put = new ArrayList<>(List.of("put", "-e", "unlocked", server.uri("/lock")));
      assertThat(CommandRun.of(put.toArray(String[]::new)).err()).contains("4.01");
      put.addAll(parties.phone(3));
      CommandRun run = CommandRun.of(put.toArray(String[]::new));
      assertThat(run.err()).contains("2.04 Changed");
      List<String> observe =
          new ArrayList<>(List.of("observe", "-s", "0.1", server.uri("/sensor")));
      observe.addAll(parties.phone(3));
      assertThat(CommandRun.of(observe.toArray(String[]::new)).out()).contains("celsius");
      List<String> discover = new ArrayList<>(List.of("discover", server.uri("")));
      discover.addAll(parties.phone(3));
      assertThat(CommandRun.of(discover.toArray(String[]::new)).out()).contains("/helloWorld");
    }
  }

  @Test
  void whoIsNotKnownIsTold() {
    parties.keygen("stranger", "--force");
    try (ServerInBackground server = server(parties.lock(3))) {
      String uri = server.uri("/helloWorld");
      String mine = parties.file("stranger.json");
      String theirs = parties.file("lock-dh.pub.json");
      List<String> stranger = List.of("--credentials", mine, "--credentials", theirs);
      assertFails(get(uri, stranger), "error code 3 (it does not know our credential)");
      assertThat(server.log()).contains("rejected: unknown credential referenced");
      List<String> deceived =
          List.of(
              "--credentials",
              parties.file("phone-dh.json"),
              "--credentials",
              parties.file("stranger.pub.json"));
      assertFails(get(uri, deceived), "the handshake was refused: unknown credential referenced");
    }
  }

  @Test
  void whatDoesNotFitIsExplained() {
    List<String> lock = parties.lock(3);
    lock.addAll(List.of("--suites", "2"));
    try (ServerInBackground server = server(lock);
        ServerInBackground plain = ServerInBackground.start()) {
      List<String> otherSuite = parties.phone(3);
      otherSuite.addAll(List.of("--suites", "3"));
      assertFails(
          get(server.uri("/helloWorld"), otherSuite), "error code 2 (no common cipher suite)");
      List<String> otherMethod = parties.phone(3);
      otherMethod.addAll(List.of("--edhoc-method", "0"));
      assertFails(get(server.uri("/helloWorld"), otherMethod), "error code 1");
      List<String> otherPath = parties.phone(3);
      otherPath.addAll(List.of("--edhoc-path", "/e"));
      assertFails(get(server.uri("/helloWorld"), otherPath), "no genuine response came: 4.04");
      assertFails(get(plain.uri("/hello"), parties.phone(3)), "no genuine response came: 4.04");
    }
  }

  private static void assertFails(CommandRun run, String reason) {
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("moat get: EDHOC with coap://127.0.0.1:")
        .contains(reason)
        .hasLineCount(2)
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get coap://localhost/ --edhoc-flow reverse",
        "get coap://localhost/ --credentials nowhere.json --edhoc-flow sideways",
        "get coap://localhost/ --credentials nowhere.json --edhoc-flow reverse --edhoc-method 1",
        "get coap://localhost/ --credentials nowhere.json --edhoc-method 5",
        "get coap://localhost/ --credentials nowhere.json --edhoc-path e",
        "serve --reverse",
        "serve --insecure-no-echo",
        "serve --edhoc nowhere.json --methods 7",
        "serve --edhoc nowhere.json --suites 2,2",
        "serve --edhoc nowhere.json --suites 9",
        "serve --plugtest oscore --edhoc nowhere.json"
      })
  void wrongUsageIsExplained(String line) {
    CommandRun run = CommandRun.of(line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("--").doesNotContain("Exception");
  }

  private static ServerInBackground server(List<String> options) {
    return ServerInBackground.start(options.toArray(String[]::new));
  }

  private static CommandRun get(String uri, List<String> options) {
    List<String> all = new ArrayList<>(List.of("get", uri));
    all.addAll(options);
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** The two lines with secrets. */
  private static String secrets(String printed) {
    int start = printed.indexOf("OSCORE Master Secret: ");
    int end = printed.indexOf('\n', printed.indexOf("OSCORE Master Salt: "));
    assertThat(start).isPositive();
    return printed.substring(start, end);
  }
}
