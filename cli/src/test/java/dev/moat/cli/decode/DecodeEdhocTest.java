package dev.moat.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code moat decode --edhoc}; the messages are those of RFC 9529, Section 3. */
class DecodeEdhocTest {
  private static final String MESSAGE_1 =
      "0382060258208af6f430ebe18d34184017a9a11bf511c8dff8f834730b96c1b7c8dbca2fc3b637";
  private static final String MESSAGE_2 =
      "582b419701d7f00a26c2dc587a36dd752549f33763c893422c8ea0f955a13a4ff5d59862a1eef9e0e7e1886fcd";
  private static final String MESSAGE_3 = "52e562097bc417dd5919485ac7891ffd90a9fc";

  @Test
  void explainsMessage1FieldByField() {
    CommandRun run = decode(MESSAGE_1);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("METHOD +3: initiator has a static Diffie-Hellman key")
        .containsPattern("SUITES_I +\\[6, 2\\], selected is 2 \\(AES-CCM-16-64-128")
        .containsPattern("G_X +32 octets, P-256")
        .containsPattern("C_I +0x37")
        .contains("message_1, 39 octets");
  }

  @Test
  void theSuiteTellsWhereTheEphemeralKeyEnds() {
    assertThat(decode(MESSAGE_2).out()).contains("which message it is does not show");
    CommandRun run = decode(MESSAGE_2, "--suite", "2");
    assertThat(run.out())
        .containsPattern("2 +419701d7f00a26c2 +G_Y +P-256")
        .containsPattern("34 +9862a1eef9e0e7e1 +CIPHERTEXT_2")
        .contains("message_2, 45 octets");
    assertThat(decode(MESSAGE_2, "--message", "2").out()).contains("G_Y, CIPHERTEXT_2");
  }

  @Test
  void knowsThePrefixesOfCoap() {
    assertThat(decode("f5" + MESSAGE_1).out())
        .containsPattern("EDHOC prefix +true: message_1 follows")
        .containsPattern("\n1 +03 +METHOD");
    assertThat(decode("27" + MESSAGE_3).out())
        .containsPattern("EDHOC prefix +C_R: message_3 follows")
        .contains("CIPHERTEXT_3");
    assertThat(decode(MESSAGE_3, "--message", "4").out()).contains("CIPHERTEXT_4");
    assertThat(decode(MESSAGE_3, "--message", "3").out()).contains("message_3, 19 octets");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01634e6f21 | 1: unspecified | \"No!\"",
        "020 2 | 2: wrong selected cipher suite | supported: [2]",
        "02820206 | 2: wrong selected | supported: [2, 6]",
        "03f5 | 3: unknown credential | ERR_INFO",
        "182a00 | 42: not known here | 1 octet"
      })
  void explainsErrors(String hex, String code, String info) {
    CommandRun run = decode(hex.replace(" ", ""));
    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.out()).contains(code).contains(info).contains("error message");
  }

  @Test
  void showsExternalAuthorizationData() {
    assertThat(decode(MESSAGE_1 + "00" + "3901f34102").out())
        .containsPattern("EAD_1 +padding, no value")
        .containsPattern("EAD_1 +label 500, critical, 1 octet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0302 | malformed at offset",
        "03025820 | ends within an item",
        "030241aa37 | the ephemeral key is not valid",
        "0381025820"
            + "00000000000000000000000000000000000000000000000000000000000000003737 | cipher suites are not in their form",
        "5203 | ends within an item"
      })
  void namesTheRuleThatIsBroken(String hex, String rule) {
    CommandRun run = decode(hex);
    assertThat(run.out()).contains(rule);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void printsJson() throws Exception {
    JsonNode root = new ObjectMapper().readTree(decode(MESSAGE_1, "--json").out());
    assertThat(root.path("message").asText()).isEqualTo("message_1");
    assertThat(root.path("octets").asInt()).isEqualTo(39);
    assertThat(root.path("fields").get(2).path("name").asText()).isEqualTo("G_X");
    JsonNode broken = new ObjectMapper().readTree(decode("030241aa37", "--json").out());
    assertThat(broken.path("error").path("reference").asText()).isEqualTo("RFC 9528, 9.2");
  }

  @Test
  void showsTheEdhocMessageInsideOfACoapMessage() {
    // POST, Content-Format 65, payload true and message_1.
    CommandRun first = CommandRun.of("decode", "40020001c141fff5" + MESSAGE_1);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out())
        .containsPattern("EDHOC prefix +true")
        .containsPattern("EDHOC +message_1, 39 octets")
        .containsPattern("    METHOD +3:");
    // POST with OSCORE and the EDHOC option: message_3 and what OSCORE protects.
    CommandRun combined =
        CommandRun.of("decode", "4002000193090007c0ff" + MESSAGE_3 + "612f1092f1776f1c");
    assertThat(combined.out())
        .containsPattern("EDHOC +message_3, 19 octets")
        .containsPattern("OSCORE payload +8 octets");
    assertThat(CommandRun.of("decode", "40020001c140ff0302").out()).contains("malformed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--message 5 | --message takes 1, 2, 3 or 4",
        "--suite 7 | --suite names 7",
        "-E x | -E and --request are for CoAP messages"
      })
  void wrongUsageIsExplained(String options, String message) {
    CommandRun run = decode(MESSAGE_2, options.split(" ", -1));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  private static CommandRun decode(String hex, String... options) {
    List<String> all = new ArrayList<>(List.of("decode", "--edhoc"));
    all.addAll(Arrays.asList(options));
    all.add(hex);
    return CommandRun.of(all.toArray(String[]::new));
  }
}
