package dev.moat.cli.oscore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code moat decode -E}; the messages are those of RFC 8613, Appendix C.4 and C.7. */
class DecodeProtectedTest {
  private static final String REQUEST =
      "44025d1f00003974396c6f63616c686f7374620914ff612f1092f1776f1c1668b3825e";
  private static final String RESPONSE =
      "64445d1f0000397490ffdbaad1e9a7e7b2a813d3c31524378303cdafae119106";
  private static final String SECRET = "master_secret,hex,0102030405060708090a0b0c0d0e0f10";
  private static final String SALT = "master_salt,hex,9e7ca92223786340";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"'\"\"', 01", "01, '\"\"'"})
  void showsTheInnerRequestWithEitherSidesConfiguration(String sender, String recipient)
      throws IOException {
    CommandRun run = CommandRun.of("decode", "-E", conf(sender, recipient), REQUEST);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("flags +Partial IV of 1 octet, kid")
        .contains("sequence number 20")
        .contains("inside, verified by OSCORE:")
        .contains("Code: 0.01 GET")
        .contains("Uri-Path: \"tv1\"");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void showsTheInnerResponseGivenTheRequest() throws IOException {
    String conf = conf("\"\"", "01");
    CommandRun text = CommandRun.of("decode", "-E", conf, "--request", REQUEST, RESPONSE);
    assertThat(text.out()).contains("Code: 2.05 Content").contains("12 octets: Hello World!");
    CommandRun json = CommandRun.of("decode", "--json", "-E", conf, "--request", REQUEST, RESPONSE);
    JsonNode inner = new ObjectMapper().readTree(json.out()).path("inner");
    assertThat(inner.path("code").asText()).isEqualTo("2.05");
    assertThat(inner.path("payload").asText()).isEqualTo("48656c6c6f20576f726c6421");
  }

  /** The same messages without type and Message ID (RFC 8323, Section 3.2). */
  @Test
  void looksIntoMessagesOnTcpAndWebSockets() {
    String conf = conf("\"\"", "01");
    String onTcp = "d40e" + "02" + REQUEST.substring(8);
    assertThat(CommandRun.of("decode", "--tcp", "-E", conf, onTcp).out())
        .contains("Code: 0.01 GET")
        .contains("Uri-Path: \"tv1\"");
    String request = "0402" + REQUEST.substring(8);
    String response = "0444" + RESPONSE.substring(8);
    assertThat(CommandRun.of("decode", "--ws", "-E", conf, "--request", request, response).out())
        .contains("12 octets: Hello World!");
    assertThat(failure("-E", conf, "--tcp", "10e190")).contains("no OSCORE option");
  }

  @Test
  void saysWhyThereIsNothingToShow() {
    String conf = conf("\"\"", "01");
    assertThat(failure("-E", conf, RESPONSE)).contains("no kid").contains("--request HEX");
    assertThat(failure("-E", conf, REQUEST.replace("825e", "825f"))).contains("does not verify");
    assertThat(failure("-E", conf, "--request", REQUEST, RESPONSE.replace("9106", "9107")))
        .contains("the response does not verify");
    assertThat(failure("-E", conf, "40010001")).contains("no OSCORE option");
    assertThat(failure("-E", conf, "4001")).contains("malformed");
    assertThat(failure("-E", conf("02", "03"), REQUEST)).contains("no context for the kid 0x");
    assertThat(CommandRun.of("decode", "--request", REQUEST, RESPONSE).status()).isEqualTo(2);
    CommandRun noFile = CommandRun.of("decode", "-E", "nowhere,", REQUEST);
    assertThat(noFile.status()).isEqualTo(2);
    assertThat(noFile.err()).contains("-E takes CONF");
  }

  @Test
  void explainsTheOptionWithoutAConfiguration() {
    CommandRun full = CommandRun.of("decode", "400200019c19050837cbf3210017a2d307ffaabbccdd");
    assertThat(full.out())
        .containsPattern("kid context +0x37cbf3210017a2d3")
        .containsPattern("kid +0x07");
    CommandRun update = CommandRun.of("decode", "400200019d00890100074a5b6c7d8e9fa0b102ffaabbccdd");
    assertThat(update.out()).contains("extended").contains("key update");
    assertThat(CommandRun.of("decode", "400200019107ffaa").out())
        .containsPattern("malformed +a Partial IV has at most 5 octets");
    assertThat(CommandRun.of("decode", "4044000190ffaa").out()).contains("OSCORE");
  }

  private static String failure(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "decode";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandRun run = CommandRun.of(all);
    assertThat(run.status()).isEqualTo(1);
    return run.err();
  }

  private String conf(String sender, String recipient) {
    return PrivateFiles.write(
            folder,
            "side.conf",
            SECRET,
            SALT,
            "sender_id,hex," + sender,
            "recipient_id,hex," + recipient)
        .toString();
  }
}
