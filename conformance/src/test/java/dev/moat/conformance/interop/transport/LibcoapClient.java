package dev.moat.conformance.interop.transport;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.conformance.interop.Answer;
import dev.moat.conformance.interop.BoundedProcess;
import dev.moat.conformance.interop.Bounds;
import dev.moat.conformance.interop.Call;
import dev.moat.conformance.interop.InteropClient;
import dev.moat.conformance.interop.Libcoap;
import dev.moat.conformance.interop.NoAnswer;
import dev.moat.conformance.interop.PrintedWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * libcoap's client: one process, and so one handshake, for each call. It prints no code of a
 * success, save in its trace of messages.
 */
final class LibcoapClient implements InteropClient {
  private static final Pattern RESPONSE = Pattern.compile("c:([245])\\.(\\d\\d) ");
  private static final int OBSERVE_SECONDS = 3;

  private final List<String> program;
  private final String base;
  private final Path folder;

  /** Runs {@code program}, which names the credentials, for resources below {@code base}. */
  LibcoapClient(List<String> program, String base) throws IOException {
    this.program = program;
    this.base = base;
    folder = Files.createTempDirectory("moat-interop");
  }

  @Override
  public Answer call(Call call) throws Exception {
    Path received = folder.resolve("received");
    Files.deleteIfExists(received);
    List<String> command = command("-B", "9", "-v", "7");
    command.addAll(List.of("-m", Libcoap.method(call.method())));
    if (!call.body().isEmpty()) {
      Path sent = Files.write(folder.resolve("sent"), call.body().toArray());
      command.addAll(List.of("-b", "1024", "-f", sent.toString()));
    }
    command.addAll(List.of("-o", received.toString(), base + call.target()));
    String trace = run(command);
    Bytes body = Files.exists(received) ? Bytes.owned(Files.readAllBytes(received)) : Bytes.empty();
    return new Answer(lastCode(trace), body);
  }

  /** What the program prints until it ends by itself. */
  static String run(List<String> command) throws IOException {
    try (BoundedProcess process = new BoundedProcess(command)) {
      int unused = process.awaitExit(Bounds.CALL);
      return process.output();
    }
  }

  private List<String> command(String... options) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(options));
    return command;
  }

  /** Of the newest response that ends a call, which 2.31 Continue does not. */
  private static Code lastCode(String trace) {
    Matcher responses = RESPONSE.matcher(trace);
    Code last = Code.EMPTY;
    while (responses.find()) {
      Code code =
          Code.of(Integer.parseInt(responses.group(1)), Integer.parseInt(responses.group(2)));
      last = code.equals(Code.CONTINUE) ? last : code;
    }
    if (last.equals(Code.EMPTY)) {
      throw new NoAnswer(trace);
    }
    return last;
  }

  @Override
  public Watch observe(String path) throws Exception {
    List<String> command = command("-w", "-v", "3", "-s", String.valueOf(OBSERVE_SECONDS));
    command.add(base + path);
    BoundedProcess process = new BoundedProcess(command);
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
