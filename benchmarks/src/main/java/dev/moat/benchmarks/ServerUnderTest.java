package dev.moat.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * One server in a process of its own: {@code ServerUnderTest KIND PORT}, controlled by lines on
 * standard input.
 *
 * <p>{@code heap} collects garbage and prints the heap octets in use; {@code quit}, or the end of
 * input, ends the process. Prints {@code ready} once it serves.
 */
public final class ServerUnderTest {
  private ServerUnderTest() {}

  /** Serves until told otherwise. */
  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println(
          "usage: ServerUnderTest moat|transport|echo|californium|californium-peers PORT");
      System.exit(2);
    }
    AutoCloseable server = start(args[0], Integer.parseInt(args[1]));
    System.out.println("ready");
    obey();
    server.close();
    System.exit(0);
  }

  private static AutoCloseable start(String kind, int port) {
    return switch (kind) {
      case "moat" -> new MoatUnderTest(port);
      case "transport" -> new TransportUnderTest(port);
      case "echo" -> new EchoUnderTest(port);
      case "californium" -> new CaliforniumUnderTest(port, false);
      case "californium-peers" -> new CaliforniumUnderTest(port, true);
      default -> throw new IllegalArgumentException("no server of kind " + kind);
    };
  }

  private static void obey() throws IOException, InterruptedException {
    BufferedReader control =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = control.readLine(); line != null; line = control.readLine()) {
      switch (line) {
        case "heap" -> System.out.println("heap=" + usedHeapOctets());
        case "quit" -> {
          return;
        }
        default -> System.out.println("unknown command: heap or quit");
      }
    }
  }

  private static long usedHeapOctets() throws InterruptedException {
    // The serial collector leaves dead objects lying in all but every fourth collection.
    for (int i = 0; i < 9; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
