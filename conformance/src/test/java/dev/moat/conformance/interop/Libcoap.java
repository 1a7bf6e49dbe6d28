package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * libcoap's example programs, as Debian's libcoap3-bin ships them.
 *
 * <p>The server creates what is PUT ({@code -d}), which is observable; {@code /async} answers late.
 * The client prints no code of a success: that is read from the tap.
 */
public final class Libcoap {
  static final String CLIENT = "coap-client-notls";
  private static final String SERVER = "coap-server-notls";
  private static final Map<Code, String> METHODS =
      Map.of(Code.GET, "get", Code.PUT, "put", Code.POST, "post", Code.DELETE, "delete");

  private Libcoap() {}

  /** How its client's {@code -m} names a method. */
  public static String method(Code method) {
    return METHODS.getOrDefault(method, "get");
  }

  static boolean installed() {
    return BoundedProcess.succeeds("which", CLIENT, SERVER);
  }

  /** libcoap as server. */
  static InteropServer server() throws IOException {
    return ProcessServer.start(
        port ->
            new BoundedProcess(
                List.of(SERVER, "-A", "127.0.0.1", "-p", String.valueOf(port), "-d", "10")));
  }

  /** libcoap as client: one process for each call. */
  static final class Client implements InteropClient {
    private static final int OBSERVE_SECONDS = 3;

    private final WireTap tap;
    private final Path folder;

    Client(WireTap tap) throws IOException {
      this.tap = tap;
      folder = Files.createTempDirectory("moat-interop");
    }

    @Override
    public Answer call(Call call) throws Exception {
      Path received = folder.resolve("received");
      Files.deleteIfExists(received);
      List<String> command = command(call);
      command.addAll(List.of("-o", received.toString(), uri(call.target())));
      try (BoundedProcess process = new BoundedProcess(command)) {
        int unused = process.awaitExit(Bounds.CALL);
      }
      Bytes body =
          Files.exists(received) ? Bytes.owned(Files.readAllBytes(received)) : Bytes.empty();
      return new Answer(tap.lastResponse().code(), body);
    }

    private List<String> command(Call call) throws IOException {
      List<String> command = new ArrayList<>(List.of(CLIENT, "-B", "9"));
      command.addAll(List.of("-m", method(call.method())));
      if (!call.confirmable()) {
        command.add("-N");
      }
      if (call.unknownCritical()) {
        command.addAll(List.of("-O", Call.UNKNOWN_CRITICAL_OPTION + ",x"));
      }
      if (!call.body().isEmpty()) {
        Path sent = Files.write(folder.resolve("sent"), call.body().toArray());
        // Not without a body: the client loses a separate response that repeats its block size.
        command.addAll(List.of("-b", "1024", "-f", sent.toString()));
      }
      return command;
    }

    private String uri(String path) {
      return "coap://127.0.0.1:" + tap.port() + path;
    }

    @Override
    public Watch observe(String path) throws Exception {
      BoundedProcess process =
          new BoundedProcess(
              List.of(CLIENT, "-w", "-s", String.valueOf(OBSERVE_SECONDS), uri(path)));
      return new PrintedWatch(
          process,
          () -> {
            int unused = process.awaitExit(Bounds.CALL);
          });
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(folder.resolve("sent"));
        Files.deleteIfExists(folder.resolve("received"));
        Files.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
