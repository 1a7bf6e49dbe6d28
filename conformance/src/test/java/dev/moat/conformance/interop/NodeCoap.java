package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The npm package {@code coap}, run by node from two small scripts among the test's resources. */
final class NodeCoap {
  private NodeCoap() {}

  static boolean installed() {
    return BoundedProcess.succeeds("node", "-e", "require('coap')");
  }

  private static BoundedProcess run(String script, Object... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("node", "-e", source(script), "--"));
    for (Object argument : arguments) {
      command.add(String.valueOf(argument));
    }
    return new BoundedProcess(command);
  }

  private static String source(String script) {
    try (InputStream in = NodeCoap.class.getResourceAsStream("/interop/" + script)) {
      if (in == null) {
        throw new IllegalStateException("no script " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** node as server. */
  static InteropServer server() throws IOException {
    return ProcessServer.start(port -> run("node-server.js", port, Store.DELAY_MILLIS));
  }

  /** node as client: one process for each call, which prints code and body on one line. */
  static final class Client implements InteropClient {
    private final int port;

    Client(int port) {
      this.port = port;
    }

    @Override
    public Answer call(Call call) throws Exception {
      try (BoundedProcess process = start(call, false)) {
        process.input(call.body().toHex().getBytes(StandardCharsets.US_ASCII));
        process.endInput();
        int unused = process.awaitOutput("\n", 0);
        String[] words = process.output().trim().split(" ", -1);
        int code = Integer.parseInt(words[0].replace(".", ""));
        return new Answer(
            Code.of(code / 100, code % 100), Bytes.hex(words.length > 1 ? words[1] : ""));
      }
    }

    private BoundedProcess start(Call call, boolean observe) throws IOException {
      return run(
          "node-client.js",
          port,
          METHODS[call.method().octet()],
          call.path(),
          call.query(),
          call.confirmable(),
          call.unknownCritical() ? Call.UNKNOWN_CRITICAL_OPTION : 0,
          observe);
    }

    @Override
    public Watch observe(String path) throws Exception {
      BoundedProcess process = start(Call.get(path), true);
      return new PrintedWatch(process, process::endInput);
    }

    @Override
    public void close() {
      // Each call ended its own process.
    }
  }

  private static final String[] METHODS = {"", "GET", "POST", "PUT", "DELETE"};
}
