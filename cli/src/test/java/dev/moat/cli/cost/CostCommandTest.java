package dev.moat.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code moat cost} with captures and with sizes. */
class CostCommandTest {
  private static final String SMALLEST = "up:37,down:45,up:19";

  @TempDir Path folder;

  @Test
  @Tag("LK-112")
  void sizesByHandAreCosted() throws Exception {
    JsonNode handshake = json("--octets", SMALLEST).path("exchanges").path(0);
    assertThat(handshake.path("datagramOctets").asInt()).isEqualTo(101);
    assertThat(handshake.path("flights").asInt()).isEqualTo(3);
    assertThat(handshake.path("lorawanPackets").asInt()).isEqualTo(3);
    // 2.301952 s and 1.810432 s at SF12
    assertThat(handshake.path("lorawanUplinkAirSeconds").decimalValue())
        .isEqualByComparingTo("4.112");
    assertThat(handshake.path("sixtischFrames").asInt()).isEqualTo(3);
  }

  @Test
  void anotherDataRateTakesLessTimeAndMoreHopsMoreFrames() throws Exception {
    double slow = air("--data-rate", "0");
    double fast = air("--data-rate", "DR5");
    assertThat(fast).isLessThan(slow / 10);
    assertThat(air("--fopts", "15")).isGreaterThan(slow);
    assertThat(air("--region", "us915")).isLessThan(slow);
    assertThat(air("--region", "as923-dwell")).isLessThan(slow);
    int near = frames("--hops", "1");
    assertThat(frames("--hops", "20")).isGreaterThan(near);
    assertThat(frames("--hops", "5")).isEqualTo(frames());
  }

  @Test
  void aCaptureIsShownForPeople() throws Exception {
    CommandRun run = CommandRun.of("cost", "--pcap", capture());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsSubsequence(
            "Captured",
            "captured-1-edhoc  EDHOC     127.0.0.1:45161  127.0.0.1:56831",
            "Messages, in the order they were sent",
            "captured-1-edhoc  message_1              up    handshake      37            38        68",
            "captured-1-edhoc  response to message_3  down  handshake       0             0         9",
            "Handshakes",
            "captured-1-edhoc  captured     101           103        184        4");
    assertThat(run.out()).doesNotContain("Sent again", "Years of");
  }

  @Test
  void theDeviceMayBeTheServerAndSeveralFilesKeepTheirExchangesApart() throws Exception {
    JsonNode all =
        json("--pcap", capture(), "--pcap", capture(), "--octets", "up:1", "--device", "server");
    assertThat(all.path("exchanges").findValuesAsText("exchange"))
        .containsExactly("captured-1-1-edhoc", "captured-2-1-edhoc", "by-hand-1");
    assertThat(all.path("messages").path(0).path("direction").asText()).isEqualTo("down");
  }

  @Test
  void spreadsheetsGetATableAfterTheOther() {
    CommandRun run = CommandRun.of("cost", "--octets", "up:1", "--octets", SMALLEST, "--csv");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.startsWith("table,exchange,message,direction,part,messageOctets,"))
        .anyMatch(line -> line.startsWith("messages,by-hand-2,message 3,up,handshake,19,19,19,1,"))
        .anyMatch(line -> line.startsWith("exchanges,by-hand-1,captured,1,1,1,1,1,"));
  }

  @Test
  void aCellLastsSoManyYears() throws Exception {
    JsonNode daily = json("--octets", SMALLEST, "--cell", "cr2032").path("battery");
    JsonNode weekly =
        json("--octets", SMALLEST, "--cell", "cr2032", "--rekey-days", "7").path("battery");
    assertThat(daily).hasSize(2);
    assertThat(weekly.path(1).path("years").asDouble())
        .isGreaterThan(daily.path(1).path("years").asDouble());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--octets up:37,sideways:4 | 'sideways:4' is no up:N or down:N",
        "--octets up:0 | a message has 1 to 65507 octets, not 0",
        "--octets up:1 --region MARS | --region is one of [EU868",
        "--octets up:1 --data-rate fast | --data-rate is a number",
        "--octets up:1 --data-rate 9 | EU868",
        "--octets up:1 --fopts 16 | --fopts are 0 to 15 octets, not 16",
        "--octets up:1 --hops 99 | hops",
        "--octets up:1 --cell AAA | --cell is one of: CR2032",
        "--octets up:1 --cell CR2032 --rekey-days 0 | --rekey-days is a minute",
        "--octets up:1 --cell CR2032 --rekey-days NaN | --rekey-days",
        "--octets up:1 --json --csv | --csv",
        "--pcap none.pcap | none.pcap: cannot be read: there is no such file",
        "--device both --pcap none.pcap | --device"
      })
  void wrongUsageIsExplained(String arguments, String words) {
    CommandRun run = CommandRun.of(("cost " + arguments.strip()).split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(words);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void filesThatAreNoSoundCapturesAreExplained() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "what I heard");
    assertRefused(text, "begins neither pcap nor pcapng", "tcpdump -w FILE");
    byte[] whole = Files.readAllBytes(Path.of(capture()));
    Path part = Files.write(folder.resolve("part.pcap"), Arrays.copyOf(whole, 100));
    assertRefused(part, "record 1 at octet 24: the file ends at octet 100", "End tcpdump");
    Path empty = Files.write(folder.resolve("empty.pcap"), Arrays.copyOf(whole, 24));
    assertRefused(empty, "holds no UDP datagram", "tcpdump -w FILE udp port");
    whole[20] = (byte) 195;
    Path meshed = Files.write(folder.resolve("meshed.pcap"), whole);
    assertRefused(meshed, "IEEE 802.15.4 is not parsed", "--octets up:37");
  }

  private static void assertRefused(Path file, String what, String advice) {
    CommandRun run = CommandRun.of("cost", "--pcap", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(file.toString(), what, advice);
  }

  private double air(String... options) throws Exception {
    return costed(options).path("lorawanUplinkAirSeconds").asDouble();
  }

  private int frames(String... options) throws Exception {
    return costed(options).path("sixtischFrames").asInt();
  }

  private static JsonNode costed(String... options) throws Exception {
    String[] all = new String[options.length + 2];
    all[0] = "--octets";
    all[1] = SMALLEST;
    System.arraycopy(options, 0, all, 2, options.length);
    return json(all).path("exchanges").path(0);
  }

  private static JsonNode json(String... options) throws Exception {
    String[] all = new String[options.length + 2];
    all[0] = "cost";
    all[1] = "--json";
    System.arraycopy(options, 0, all, 2, options.length);
    CommandRun run = CommandRun.of(all);
    assertThat(run.status()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private String capture() throws Exception {
    try (var stream =
        Objects.requireNonNull(CostCommandTest.class.getResourceAsStream("/cost/edhoc-run.pcap"))) {
      return Files.write(folder.resolve("edhoc-run.pcap"), stream.readAllBytes()).toString();
    }
  }
}
