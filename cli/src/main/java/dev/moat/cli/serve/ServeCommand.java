package dev.moat.cli.serve;

import dev.moat.cli.conform.oscore.OscorePlugtest;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Failure;
import dev.moat.cli.console.HelpFlag;
import dev.moat.cli.console.Style;
import dev.moat.cli.edhoc.EdhocServerFlags;
import dev.moat.cli.edhoc.EdhocServing;
import dev.moat.cli.oscore.OpenedContexts;
import dev.moat.cli.oscore.OscoreFlags;
import dev.moat.cli.tls.OpenedCredentials;
import dev.moat.cli.tls.TlsServerFlags;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code moat serve}: a server to try things with, until it is ended. */
@Command(
    name = "serve",
    header = "Run a demonstration server, or that of the ETSI CoAP plugtests.",
    description = {
      "",
      "Offers /hello, /lock (an actuator), /sensor and /clock (observable), /large (64 KiB),"
          + " /helloWorld (protected requests only) and /.well-known/core. The lock obeys only protected"
          + " requests: over DTLS or TLS of clients that show who they are, or of the peers that -E or"
          + " --credentials names, or that run EDHOC with the server (--edhoc). Anyone else's PUT gets"
          + " 4.01.",
      "",
      "Prints a line with all bound addresses when it is ready, and one for each EDHOC session. Logs"
          + " requests of known clients, and refused handshakes. Ctrl-C or SIGTERM ends it; nothing is"
          + " left behind.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 when it was ended, 1 when it could not start, 2 for wrong usage.",
      "",
      "Examples:",
      "  moat serve",
      "  moat serve -u phone --key-file phone.key     # coap and coaps",
      "  moat serve --listen coaps://0.0.0.0 --listen coaps+tcp://0.0.0.0 -c server.pem -C ca.pem",
      "  moat serve --listen coap://[::1] --listen coap+tcp://[::1] --listen coap+ws://[::1]:8080",
      "  moat serve -E server.conf",
      "  moat serve --edhoc lock.json --edhoc phone.pub.json",
      "  moat serve --port 0 --bind 127.0.0.1 --insecure-nosec-actuators",
      "  moat serve --plugtest coap --json-log",
      "  moat serve --plugtest oscore"
    },
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  private static final String OSCORE = "oscore";

  @Spec private CommandSpec spec;
  @Mixin HelpFlag help = new HelpFlag();

  @Mixin private ListenFlags listen = new ListenFlags();

  @Option(
      names = "--plugtest",
      paramLabel = "SUITE",
      description =
          "Offer the resources of a plugtest instead: coap (ETSI CoAP#4), or oscore (OSCORE interop,"
              + " with its published test keys).")
  private @Nullable String plugtest;

  @Mixin private TlsServerFlags tls = new TlsServerFlags();
  @Mixin private OscoreFlags oscore;
  @Mixin private EdhocServerFlags edhoc = new EdhocServerFlags();

  @Option(
      names = "--insecure-nosec-actuators",
      description = "Let the lock obey unprotected requests: anyone on the network can turn it.")
  private boolean insecureNosecActuators;

  @Option(names = "--json-log", description = "Log events as JSON, one object per line.")
  private boolean jsonLog;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log every event, not only those that matter to an operator.")
  private boolean verbose;

  /** Created by picocli. */
  public ServeCommand() {}

  @Override
  public Integer call() {
    checkUsage();
    Console console = Console.of(spec);
    boolean testKeys = OSCORE.equals(plugtest);
    if (testKeys) {
      console.note(
          Style.DOUBT,
          "INSECURE: the keys of this plugtest are published; anyone can talk to this server");
    }
    try (OpenedCredentials credentials =
            tls.open(oscore.credentials(), oscore.insecureFileMode(), console);
        OpenedContexts contexts = oscore.openAll(console);
        @Nullable EdhocServing serving =
            edhoc.open(console, oscore.insecureFileMode()).orElse(null)) {
      Peers peers =
          testKeys
              ? Peers.of(OscorePlugtest.standard().serverContexts())
              : Peers.of(contexts).with(Optional.ofNullable(serving));
      return serve(settings(credentials), peers, console);
    }
  }

  private ServeSettings settings(OpenedCredentials credentials) {
    boolean certificate = credentials.credentials().certificate().isPresent();
    return new ServeSettings(
        listen.listeners(!credentials.isEmpty(), certificate),
        credentials,
        resources(),
        insecureNosecActuators);
  }

  private ServeSettings.Resources resources() {
    if (plugtest == null) {
      return ServeSettings.Resources.DEMONSTRATION;
    }
    return plugtest.equals(OSCORE)
        ? ServeSettings.Resources.PLUGTEST_OSCORE
        : ServeSettings.Resources.PLUGTEST_COAP;
  }

  private int serve(ServeSettings settings, Peers peers, Console console) {
    ServerLog log = new ServerLog(console, jsonLog, verbose);
    try (RunningServer server = RunningServer.start(settings, peers, log)) {
      console.result(server.ready());
      waitForTheEnd(server);
      return Exit.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", "Start it again.", e);
    }
  }

  private void checkUsage() {
    if (plugtest != null && !plugtest.equals("coap") && !plugtest.equals(OSCORE)) {
      throw usage(
          "'" + plugtest + "' is no plugtest suite known here; write --plugtest coap or oscore");
    }
    if (OSCORE.equals(plugtest) && (oscore.given() || edhoc.given())) {
      throw usage(
          "--plugtest oscore has contexts of its own; leave -E, --credentials and --edhoc out");
    }
    try {
      listen.check();
      tls.check();
      oscore.check();
      edhoc.check();
      listen.check(tls);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** SIGTERM and Ctrl-C run the hook; a test interrupts the thread instead. */
  private static void waitForTheEnd(RunningServer server) throws InterruptedException {
    Thread hook = new Thread(() -> end(server), "moat-serve-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      new CountDownLatch(1).await();
    } finally {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  /** To be ended is what a server waits for, hence a success; the JVM would report the signal. */
  private static void end(RunningServer server) {
    server.close();
    Runtime.getRuntime().halt(Exit.OK);
  }
}
