package dev.moat.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The openssl command, where it is installed. */
final class OpenSsl {
  private OpenSsl() {}

  /** What it prints, on both streams; the test is skipped where there is none. */
  static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return printed;
    } catch (IOException absent) {
      System.out.println("skipped: no openssl here (Debian: apt-get install openssl)");
      return abort("no openssl here (Debian: apt-get install openssl)");
    }
  }
}
