package dev.moat.conformance.interop.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moat.conformance.interop.BoundedProcess;
import dev.moat.conformance.interop.Bounds;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The test client and the test server of OpenSSL's command line, which know no CoAP. */
final class Openssl implements Closeable {
  private final BoundedProcess process;

  private Openssl(List<String> command) throws IOException {
    process = new BoundedProcess(command);
  }

  /** Skips the test and prints why, where there is no such program. */
  static void assumeInstalled() {
    if (!BoundedProcess.succeeds("openssl", "version")) {
      String absence = "interop skipped: openssl is missing: apt-get install openssl";
      System.out.println(absence);
      assumeTrue(false, absence);
    }
  }

  /** Connects to a port of the loopback address. */
  static Openssl client(int port, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(options));
    return new Openssl(command);
  }

  /** Listens on a port of the loopback address. */
  static Openssl server(int port, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port));
    command.addAll(List.of(options));
    return new Openssl(command);
  }

  /** Options that show a person's certificate. */
  static List<String> showing(Person person) {
    return List.of("-cert", Keys.certificateFile(person), "-key", Keys.keyFile(person));
  }

  /** Options with the shared key. */
  static List<String> sharedKey() {
    return List.of("-psk", HexFormat.of().formatHex(Keys.sharedKey()));
  }

  static String[] options(List<String> some, String... others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }

  /** Sends octets under protection. */
  void send(byte[] octets) throws IOException {
    process.input(octets);
  }

  void await(String printed) throws InterruptedException {
    int unused = process.awaitOutput(printed, 0);
  }

  /** All that it printed until it ended by itself. */
  String awaitEnd() {
    int unused = process.awaitExit(Bounds.CALL);
    return process.output();
  }

  /** What was printed so far, and what came under protection. */
  String output() {
    return process.output();
  }

  @Override
  public void close() {
    process.close();
  }
}
