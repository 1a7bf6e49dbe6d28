package dev.moat.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.bytes.Bytes;
import dev.moat.cli.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
  @TempDir Path folder;

  @Test
  void explainsEveryFieldWithOffsetOctetsAndReference() {
    CommandRun run = CommandRun.of("decode", "44017d3742010203b474657374c13cff68690a");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            offset  octets            field               meaning (reference)
            0       44                Version, Type, TKL  version 1, Confirmable (CON), token length field 4 (RFC 7252, 3)
            1       01                Code                0.01 GET, a request (RFC 7252, 12.1)
            2       7d37              Message ID          32055 (RFC 7252, 3)
            4       42010203          Token               4 octets (RFC 7252, 5.3.1)
            8       b4                Option              delta 11 makes option 11, length 4 (RFC 7252, 3.1)
            9       74657374            Uri-Path          "test" (RFC 7252, 5.10.1)
            13      c1                Option              delta 12 makes option 23, length 1 (RFC 7252, 3.1)
            14      3c                  Block2            block 3 of 256 octets, more follow (RFC 7959, 2.1)
            15      ff                Payload marker      the options end here (RFC 7252, 3)
            16      68690a            Payload             3 octets (RFC 7252, 3)
            well-formed, 19 octets in all
            """);
  }

  @Test
  void namesOffsetAndRuleOfAMalformedMessage() {
    CommandRun run = CommandRun.of("decode", "40010001f3");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("malformed at offset 4: option delta 15 is reserved (RFC 7252, 3.1)")
        .contains("Message ID");
  }

  @Test
  void tellsOfUnknownCriticalOptions() {
    CommandRun run = CommandRun.of("decode", "40010001e1fcdc00");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("critical").contains("4.02");
  }

  @Test
  void takesDigitsWithSeparators() {
    assertThat(CommandRun.of("decode", "40", "01", "00:01").status()).isZero();
    assertThat(CommandRun.of("decode", "0x40010001").status()).isZero();
  }

  @Test
  void readsRawOctetsAndDigitsFromFiles() throws IOException {
    Path raw = Files.write(folder.resolve("raw.bin"), Bytes.hex("40010001").toArray());
    Path digits = Files.writeString(folder.resolve("digits.txt"), "40 01\n00 01\n");
    CommandRun fromRaw = CommandRun.of("decode", raw.toString());
    assertThat(fromRaw.status()).isZero();
    assertThat(CommandRun.of("decode", digits.toString()).out()).isEqualTo(fromRaw.out());
  }

  @Test
  void readsStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("60007d38".getBytes(StandardCharsets.US_ASCII)));
    try {
      CommandRun run = CommandRun.of("decode", "-");
      assertThat(run.status()).isZero();
      assertThat(run.out()).contains("Acknowledgement (ACK)").contains("0.00 Empty");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void printsJson() throws IOException {
    CommandRun run = CommandRun.of("decode", "--json", "40010001ff");
    assertThat(run.status()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("wellFormed").asBoolean(true)).isFalse();
    assertThat(json.path("error").path("offset").asInt()).isEqualTo(4);
    assertThat(json.path("error").path("reason").asText()).isEqualTo("marker-without-payload");
    assertThat(json.path("fields")).hasSize(3);
    assertThat(json.path("fields").get(1).path("meaning").asText()).contains("GET");
  }

  @Test
  void saysWhatToGiveInsteadOfNonsense() {
    CommandRun missing = CommandRun.of("decode", "no-such-file");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err())
        .contains("neither hexadecimal digits nor a file")
        .contains("40010001");
    CommandRun odd = CommandRun.of("decode", "400");
    assertThat(odd.status()).isEqualTo(1);
    assertThat(odd.err()).contains("odd number");
    assertThat(CommandRun.of("decode").status()).isEqualTo(2);
    assertThat(CommandRun.of("decode", "40", "xy").err()).contains("no hexadecimal digits");
  }

  @Test
  void keepsControlCharactersAwayFromTheTerminal() {
    CommandRun run = CommandRun.of("decode", "40010001b61b5b33316d07");
    assertThat(run.out()).contains("\\u001b[31m\\u0007").doesNotContain("\u001b");
  }
}
