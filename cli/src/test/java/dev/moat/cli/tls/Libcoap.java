package dev.moat.cli.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** libcoap's command-line tools, where they are installed (Debian: libcoap3-bin). */
final class Libcoap {
  private static final int WAIT_SECONDS = 20;
  private static final int TRIES = 200;

  private Libcoap() {}

  /** The tool's path; the test is skipped where there is none. */
  private static String tool(String name) {
    for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator)) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    System.out.println("skipped: no " + name + " here (Debian: apt-get install libcoap3-bin)");
    return abort("no " + name + " here (Debian: apt-get install libcoap3-bin)");
  }

  /** What coap-client of this build prints, on both streams. */
  static String client(String build, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool("coap-client-" + build), "-B", "10"));
    command.addAll(List.of(arguments));
    Path printed = Files.createTempFile("coap-client", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new String(Files.readAllBytes(printed), UTF_8);
    } finally {
      Files.delete(printed);
    }
  }

  /** Starts coap-server of this build on a free port, with DTLS and TLS on the next one. */
  static Server server(String build, String... arguments) throws Exception {
    String tool = tool("coap-server-" + build);
    int port = freePorts();
    List<String> command =
        new ArrayList<>(List.of(tool, "-A", "127.0.0.1", "-p", Integer.toString(port)));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Server server = new Server(process, port);
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      if (answers(port)) {
        return server;
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    server.close();
    throw new AssertionError(tool + " does not listen on TCP port " + port);
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A port with a free one behind it; whoever takes one of the two in between fails the test. */
  private static int freePorts() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          ServerSocket next =
              new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
        return next.getLocalPort() - 1;
      } catch (IOException | IllegalArgumentException taken) {
        continue;
      }
    }
    throw new AssertionError("no two free ports beside each other");
  }

  /**
   * A server until it is closed.
   *
   * @param process to end
   * @param port UDP and TCP; DTLS and TLS have the next one
   */
  record Server(Process process, int port) implements AutoCloseable {
    String uri(String scheme) {
      return scheme + "://127.0.0.1:" + (scheme.startsWith("coaps") ? port + 1 : port) + "/";
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
