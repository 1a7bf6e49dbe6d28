package dev.moat.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, pinned to processor 0. */
public final class ServerProcess implements AutoCloseable {
  /** Linux tells processor time in hundredths of a second. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private final String kind;
  private final int port;
  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter control;

  private ServerProcess(String kind, int port, Process process) {
    this.kind = kind;
    this.port = port;
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.control =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  static ServerProcess start(String kind, int port) throws IOException {
    return kind.equals("libcoap")
        ? new ServerProcess(kind, port, libcoap(port))
        : start(ServerUnderTest.class, kind, port);
  }

  /**
   * Starts a program in a JVM of its own and waits until it is ready.
   *
   * @param program takes the kind and the port, prints "ready", and ends with its input
   */
  public static ServerProcess start(Class<?> program, String kind, int port) throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.addAll(java("-Xms1g", "-Xmx8g"));
    command.addAll(List.of(program.getName(), kind, String.valueOf(port)));
    ServerProcess server =
        new ServerProcess(
            kind,
            port,
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    String unused = server.await("ready");
    return server;
  }

  /** The command of a Java process with this process's class path. */
  static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  /** Which server it is. */
  public String kind() {
    return kind;
  }

  /** True for a server that knows no CoAP. */
  boolean answersWhatItGot() {
    return kind.equals("echo") || kind.equals("transport");
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Heap octets in use after a collection. */
  long heapOctets() throws IOException {
    control.write("heap\n");
    control.flush();
    return Long.parseLong(await("heap=").substring("heap=".length()));
  }

  /**
   * Processor time that it has used, in nanoseconds: what a request costs, however busy the machine
   * is.
   */
  public long cpuNanos() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks * NANOS_PER_TICK;
  }

  /** Its example server has no /hello, but answers GET of its root resource. */
  private static Process libcoap(int port) throws IOException {
    return new ProcessBuilder(
            "taskset",
            "-c",
            "0",
            "coap-server-notls",
            "-A",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-v",
            "0")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String await(String prefix) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    throw new IOException(kind + " ended early");
  }

  @Override
  public void close() throws IOException {
    control.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
