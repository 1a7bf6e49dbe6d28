package dev.moat.cli.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code moat edhoc run}. */
class RunCommandTest {
  @TempDir Path folder;

  @Test
  void theSmallestHandshakeHas37And45And19Octets() {
    CommandRun run = run();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("message_1, 37 octets", "message_2, 45 octets", "message_3, 19 octets")
        .contains("EDHOC complete: method 3, suite 2")
        .doesNotContain("Master");
    assertThat(run.err()).contains("--show-secrets");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, x5t, x5t", "0, 2, kccs, x5chain", "1, 2, kid, kid", "2, 6, x5t, kccs",
    "3, 0, x5chain, x5t", "0, 24, kid, x5t", "3, 25, kid, kccs", "1, 25, x5t, kid",
    "2, 4, kid, x5chain", "3, 5, kid, kid", "0, 1, kid, kid", "3, 3, kccs, kid"
  })
  void everyMethodSuiteAndCredentialAgrees(String method, String suite, String credI, String credR)
      throws Exception {
    CommandRun run =
        run(
            "--method",
            method,
            "--suite",
            suite,
            "--cred-i",
            credI,
            "--cred-r",
            credR,
            "--message-4",
            "--json",
            "--show-secrets");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode root = new ObjectMapper().readTree(run.out());
    assertThat(root.path("agreed").asBoolean()).isTrue();
    assertThat(root.path("method").asText()).isEqualTo(method);
    assertThat(root.path("suite").asText()).isEqualTo(suite);
    assertThat(root.path("messages")).hasSize(4);
    assertThat(root.path("masterSalt").asText()).hasSize(16);
  }

  @Test
  void theSizesOfCertificatesByHashAreThoseOfTheRfc() {
    assertThat(run("--method", "0", "--suite", "0", "--cred-i", "x5t", "--cred-r", "x5t").out())
        .contains("message_1, 37 octets", "message_2, 115 octets", "message_3, 90 octets");
  }

  @Test
  void aSharedKeyMakesTheShortestMessages() {
    CommandRun run = run("--method", "4");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("message_1, 37 octets", "message_2, 35 octets", "message_3, 13 octets")
        .contains("inside: ID_CRED_PSK kid 0x");
    assertThat(run("--method", "4", "--suite", "24", "--message-4").status()).isZero();
  }

  @Test
  void takesIdentifiersPaddingAndExternalData() {
    CommandRun run =
        run(
            "--c-i",
            "",
            "--c-r",
            "0102030405",
            "--padding",
            "16",
            "--ead",
            "1:-65000:0102",
            "--ead",
            "3:7");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("message_1, 48 octets")
        .containsPattern("C_I +empty")
        .contains("C_R 0x0102030405")
        .containsPattern("EAD_1 +label 65000, critical, 2 octets")
        .containsPattern("EAD_1 +padding");
  }

  @Test
  void takesIdentitiesFromFiles() {
    String phone = folder.resolve("phone.json").toString();
    String lock = folder.resolve("lock.json").toString();
    assertThat(CommandRun.of("keygen", "phone", "--out", phone).status()).isZero();
    assertThat(CommandRun.of("keygen", "lock", "--kid", "2b", "--out", lock).status()).isZero();
    CommandRun run = run("--cred-i", phone, "--cred-r", lock, "--show-secrets");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("responder kid 0x2b")
        .containsPattern("OSCORE Master Secret: [0-9a-f]{32}")
        .containsPattern("OSCORE Master Salt: [0-9a-f]{16}");
    CommandRun unfit = run("--cred-i", phone, "--cred-r", lock, "--method", "0");
    assertThat(unfit.status()).isEqualTo(2);
    assertThat(unfit.err()).contains("no own credential");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method 5 | --method takes",
        "--suite 7 | --suite names 7",
        "--suite 2,2 | each once",
        "--padding 0 | --padding takes",
        "--c-i 0 | --c-i takes pairs",
        "--c-i 01 --c-r 01 | must differ",
        "--ead 5:1 | --ead takes",
        "--ead 1:70000 | no label of an EAD item",
        "--cred-i nowhere.json | there is no file"
      })
  void wrongUsageIsExplained(String options, String message) {
    CommandRun run = run(options.split(" ", -1));
    assertThat(run.err()).contains(message).doesNotContain("Exception");
    assertThat(run.status()).isEqualTo(message.startsWith("there is no file") ? 1 : 2);
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("edhoc", "run"));
    all.addAll(Arrays.asList(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
