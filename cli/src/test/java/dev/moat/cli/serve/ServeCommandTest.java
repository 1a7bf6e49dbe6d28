package dev.moat.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.console.Console;
import dev.moat.cli.tls.TlsServerFlags;
import dev.moat.endpoint.Listener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demonstration server over loopback, and the command line of serve. */
class ServeCommandTest {
  private final StringWriter log = new StringWriter();

  @Test
  void theLockRefusesWithoutSecurityAndTheLogSaysHowToAllowIt() {
    try (RunningServer server = start(false, false)) {
      String uri = "coap://127.0.0.1:" + server.port() + "/lock";
      CommandRun put = CommandRun.of("put", "-e", "unlocked", uri);
      assertThat(put.status()).isEqualTo(1);
      assertThat(put.err()).contains("4.01");
      assertThat(CommandRun.of("get", uri).out()).contains("locked");
      assertThat(log.toString()).contains("--insecure-nosec-actuators");
      assertThat(server.ready()).contains("127.0.0.1:" + server.port()).contains("refuses");
    }
  }

  @Test
  void theLockObeysFreshRequestsWhenAllowed() {
    try (RunningServer server = start(false, true)) {
      String uri = "coap://127.0.0.1:" + server.port() + "/lock";
      assertThat(server.ready()).contains("INSECURE");
      assertThat(CommandRun.of("put", "-e", "unlocked", uri).status()).isZero();
      assertThat(CommandRun.of("get", uri).out()).contains("unlocked");
      assertThat(CommandRun.of("put", "-e", "open sesame", uri).err()).contains("4.00");
      assertThat(CommandRun.of("put", "-N", "-e", "locked", uri).status()).isEqualTo(1);
    }
  }

  @Test
  void theDemonstrationHasSomethingToReadObserveAndTransfer() {
    try (RunningServer server = start(false, false)) {
      String base = "coap://127.0.0.1:" + server.port();
      assertThat(CommandRun.of("get", base + "/hello").out()).contains("Hello");
      assertThat(CommandRun.of("get", base + "/sensor").out()).contains("celsius");
      assertThat(CommandRun.of("get", base + "/large").out().length()).isEqualTo(65537 - 1);
      CommandRun clock = CommandRun.of("observe", "-s", "5", base + "/clock");
      assertThat(clock.status()).isZero();
      assertThat(clock.out().lines().count()).isGreaterThan(3);
      assertThat(CommandRun.of("discover", base).out()).contains("/lock").contains("/large");
    }
  }

  @Test
  void plugtestResourcesAreServedBlockWise() {
    try (RunningServer server = start(true, false)) {
      String base = "coap://127.0.0.1:" + server.port();
      assertThat(CommandRun.of("get", base + "/separate").status()).isZero();
      assertThat(CommandRun.of("get", "-b", "16", base + "/large").out()).hasSizeGreaterThan(1024);
      String body = "abc".repeat(700);
      CommandRun post = CommandRun.of("post", "-e", body, base + "/large-post");
      assertThat(post.out()).contains("ABC".repeat(700));
      CommandRun created = CommandRun.of("post", "-v", "-e", body, base + "/large-create");
      assertThat(created.err())
          .contains("2.01 Created")
          .contains("Location-Path: \"large-create\"");
    }
  }

  @Test
  void saysThatThePortIsInUse() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          CommandRun.of(
              "serve", "--bind", "127.0.0.1", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("cannot listen").contains("--port");
    }
  }

  @Test
  void refusesAWrongCommandLine() {
    assertThat(CommandRun.of("serve", "--port", "70000").status()).isEqualTo(2);
    assertThat(CommandRun.of("serve", "--plugtest", "http").err()).contains("--plugtest coap");
    CommandRun nowhere = CommandRun.of("serve", "--bind", "no-such-host.invalid");
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("127.0.0.1");
  }

  private RunningServer start(boolean plugtest, boolean insecure) {
    PrintWriter writer = new PrintWriter(log, true);
    ServerLog events = new ServerLog(new Console("moat serve", writer, writer), false, false);
    ServeSettings.Resources resources =
        plugtest ? ServeSettings.Resources.PLUGTEST_COAP : ServeSettings.Resources.DEMONSTRATION;
    ServeSettings settings =
        new ServeSettings(
            List.of(Listener.of("coap://127.0.0.1:0")),
            new TlsServerFlags().open(List.of(), false, new Console("moat serve", writer, writer)),
            resources,
            insecure);
    return RunningServer.start(settings, Peers.of(List.of()), events);
  }
}
