package dev.moat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example and reads what it printed. */
@Timeout(30)
class ExamplesTest {
  private static final String[] NO_ARGUMENTS = {};

  @Test
  void helloPrintsWhatTheServerSaid() throws Exception {
    assertThat(printed(() -> Hello.main(NO_ARGUMENTS))).isEqualTo("Hello\n");
  }

  @Test
  void doorLockKnowsThatTheDoorIsLocked() throws Exception {
    assertThat(printed(() -> DoorLock.main(NO_ARGUMENTS))).isEqualTo("the door is locked\n");
  }

  @Test
  void oscoreLockListensToTheKeyOnlyAlsoAfterARestart(@TempDir Path directory) throws Exception {
    String[] kept = {directory.toString()};
    for (int run = 0; run < 2; run++) {
      assertThat(printed(() -> OscoreLock.main(kept)))
          .isEqualTo("owner: 2.04\nthief: 4.01\nthe door is locked\n");
    }
  }

  @Test
  void manyDoorsLeadToOneLockAndOneOpensIt() throws Exception {
    assertThat(printed(() -> ManyDoors.main(NO_ARGUMENTS)))
        .isEqualTo(
            """
            coap: 4.01 refused
            coap+tcp: 4.01 refused
            coaps: 2.04 unlocked for PSK identity "phone"
            """);
  }

  @Test
  void thermometerTellsTheNewTemperature() throws Exception {
    assertThat(printed(() -> Thermometer.main(NO_ARGUMENTS)))
        .startsWith("first: 20 degrees Celsius\nthen: 225 degrees Celsius\n");
  }

  @Test
  void firmwareArrivesWhole() throws Exception {
    assertThat(printed(() -> Firmware.main(NO_ARGUMENTS)))
        .isEqualTo("2.04 received 65536 octets\n");
  }

  /** The README shows Hello from its first statement to its last; both must stay the same. */
  @Test
  void theReadmeShowsTheProgramThatRuns() throws IOException {
    String source = Files.readString(Path.of("src/main/java/dev/moat/examples/Hello.java"));
    String body =
        source.substring(source.indexOf("    Resource hello"), source.lastIndexOf("  }\n}"));
    assertThat(Files.readString(Path.of("../README.md")))
        .contains(body.stripTrailing().stripIndent());
  }

  private static String printed(Program program) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return captured.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private interface Program {
    void run() throws Exception;
  }
}
