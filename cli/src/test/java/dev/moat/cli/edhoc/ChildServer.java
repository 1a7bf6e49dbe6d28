package dev.moat.cli.edhoc;

import dev.moat.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code moat serve} in a process of its own. */
final class ChildServer implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready: coap://127\\.0\\.0\\.1:(\\d+).*");

  private final Process process;
  private final BufferedReader out;
  private final int port;

  private ChildServer(Process process, BufferedReader out, int port) {
    this.process = process;
    this.out = out;
    this.port = port;
  }

  /** Starts it, and waits for its first line; port 0 for a free one. */
  static ChildServer start(int port, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--bind", "127.0.0.1", "--port"));
    arguments.add(Integer.toString(port));
    arguments.addAll(options);
    Process process = moat(arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = String.valueOf(out.readLine());
    Matcher ready = READY.matcher(line);
    if (!ready.matches()) {
      throw new AssertionError("the server did not start: " + line);
    }
    return new ChildServer(process, out, Integer.parseInt(ready.group(1)));
  }

  /** A {@code moat} process, not started. */
  static ProcessBuilder moat(List<String> arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  int port() {
    return port;
  }

  String uri(String path) {
    return "coap://127.0.0.1:" + port + path;
  }

  /** The next line that it prints. */
  String line() throws IOException {
    return String.valueOf(out.readLine());
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    int unused = process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    var unused = process.destroyForcibly().onExit().join();
  }
}
