package dev.moat.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code moat cost} of everything. */
@Timeout(120)
class StudyCommandTest {
  @Test
  @Tag("LK-100")
  void everythingIsRunComparedAndJudged(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("report.html");
    CommandRun run = CommandRun.of("cost", "--nodes", "5", "--html", page.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsSubsequence("Handshakes", "edhoc-3-kid-kid-s2-short-combined-device", "Verdicts")
        .contains("LK-100 ", "LK-112 ", "LK-129 ", "DTLS 1.2", "published");
    assertThat(Files.readString(page)).startsWith("<!doctype html>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--nodes 5", "--slotframe 7", "--pdr 0.5", "--seed 2", "--html report.html"})
  void whatOnlyAStudyNeedsIsRefusedBesideSizes(String option) {
    CommandRun run = CommandRun.of(("cost --octets up:1 " + option).split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("are of the whole study; leave out --pcap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--path /edhoc",
        "--device server",
        "--octets up:1 --path /edhoc",
        "--rekey-days 7",
        "--octets up:1 --rekey-days 7",
        "--octets up:1 --messages"
      })
  void whatWouldDoNothingIsRefused(String options) {
    CommandRun run = CommandRun.of(("cost " + options).split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).containsAnyOf("go with --pcap", "goes with --cell", "of the whole study");
  }

  @Test
  @Tag("LK-127")
  void sizesAreHeldAgainstTheLimitsAndAdvised() {
    CommandRun run = CommandRun.of("cost", "--octets", "up:63,down:120,up:103");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsSubsequence("fragments of 47 up and 45 down", "at most 5", "3 frames too many")
        .contains("what helps: credentials by reference (kid)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--html /",
        "--html /nowhere/at/all.html",
        "--hops 28",
        "--nodes 0",
        "--nodes 10001",
        "--pdr 0",
        "--slotframe 0"
      })
  void whatIsOutOfRangeIsRefused(String option) {
    assertThat(CommandRun.of(("cost " + option).split(" ")).status()).isEqualTo(2);
  }
}
