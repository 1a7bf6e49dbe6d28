package dev.moat.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.management.JMException;
import javax.management.ObjectName;

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

  private static void obey() throws IOException, JMException {
    BufferedReader control =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = control.readLine(); line != null; line = control.readLine()) {
      switch (line) {
        case "heap" -> System.out.println("heap=" + liveHeapOctets());
        case "quit" -> {
          return;
        }
        default -> System.out.println("unknown command: heap or quit");
      }
    }
  }

  /**
   * Octets of all live objects, as {@code jcmd GC.class_histogram} counts them: the serial
   * collector leaves dead objects lying in most collections, so the heap's use tells too much.
   */
  private static long liveHeapOctets() throws JMException {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    for (String line : histogram.toString().split("\n", -1)) {
      if (line.startsWith("Total")) {
        return Long.parseLong(line.trim().split("\\s+", -1)[2]);
      }
    }
    throw new IllegalStateException("a histogram without total");
  }
}
