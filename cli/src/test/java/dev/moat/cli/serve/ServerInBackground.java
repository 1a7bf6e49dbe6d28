package dev.moat.cli.serve;

import dev.moat.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** {@code moat serve} on a free port of this host, until it is closed. */
public final class ServerInBackground implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("ready: (coap[a-z+]*://127\\.0\\.0\\.1:\\d+).*");
  private static final long START_MILLIS = 20_000;

  private final StringWriter out = new StringWriter();
  private final StringWriter log = new StringWriter();
  private final Thread thread;

  private ServerInBackground(List<String> arguments) {
    CommandLine moat = Main.commandLine();
    moat.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(log, true));
    thread =
        new Thread(
            () -> {
              int unused = moat.execute(arguments.toArray(String[]::new));
            },
            "serve-in-background");
  }

  /** Starts it with these arguments, and waits until it is ready. */
  public static ServerInBackground start(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--bind", "127.0.0.1", "--port", "0"));
    all.addAll(List.of(arguments));
    return listening(all.toArray(String[]::new));
  }

  /** Starts it with these arguments, which say where it listens, and waits until it is ready. */
  public static ServerInBackground listening(String... arguments) {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(List.of(arguments));
    ServerInBackground server = new ServerInBackground(all);
    server.thread.start();
    long deadline = System.nanoTime() + START_MILLIS * 1_000_000;
    while (server.thread.isAlive() && !READY.matcher(server.out.toString()).find()) {
      if (System.nanoTime() > deadline) {
        break;
      }
      Thread.onSpinWait();
    }
    if (!READY.matcher(server.out.toString()).find()) {
      throw new AssertionError("the server did not start: " + server.log);
    }
    return server;
  }

  /** The URI of a path at this server. */
  public String uri(String path) {
    Matcher ready = READY.matcher(out.toString());
    if (!ready.find()) {
      throw new AssertionError("not ready");
    }
    return ready.group(1) + path;
  }

  /** The URI of a path at this server's listener for {@code scheme}. */
  public String uri(String scheme, String path) {
    Matcher bound =
        Pattern.compile("(?:^| )(" + Pattern.quote(scheme) + "://127\\.0\\.0\\.1:\\d+)")
            .matcher(out.toString());
    if (!bound.find()) {
      throw new AssertionError("not listening for " + scheme + ": " + out);
    }
    return bound.group(1) + path;
  }

  /** The line that it printed when it was ready. */
  public String ready() {
    return out.toString();
  }

  /** What it logged so far. */
  public String log() {
    return log.toString();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(START_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
