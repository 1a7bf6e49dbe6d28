package dev.moat.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void copyTheVectors() throws IOException {
    for (String name : new String[] {"coap-udp-messages", "coap-uri", "echo-request-tag"}) {
      try (InputStream vectors = getClass().getResourceAsStream("/vectors/" + name + ".json")) {
        assertThat(vectors).as(name).isNotNull();
        Files.copy(vectors, folder.resolve(name + ".json"));
      }
    }
  }

  @Test
  void passesEveryCaseOfTheSharedVectors() {
    CommandRun run = CommandRun.of("conform", folder.toString());
    assertThat(run.out()).contains("passed: 117 cases, 0 failed, 0 files not run");
    assertThat(run.status()).isZero();
  }

  @Test
  void runsOnlyTheWantedKinds() {
    CommandRun run = CommandRun.of("conform", folder.toString(), "--kind", "coap-uri");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("coap-uri.json: 10 of 10").doesNotContain("echo");
  }

  @Test
  void failsOnAFileOfAnUnknownKindUnlessItIsLeftOut() throws IOException {
    Files.writeString(folder.resolve("tea.json"), "{\"cases\":[{\"id\":\"earl-grey\"}]}");
    CommandRun all = CommandRun.of("conform", folder.toString());
    assertThat(all.status()).isEqualTo(1);
    assertThat(all.out()).contains("NOT RUN  tea.json: tea: kind not yet supported");
    assertThat(all.err()).contains("--kind");
    CommandRun some =
        CommandRun.of(
            "conform", folder.toString(), "--kind", "coap-udp-messages,coap-uri,echo-request-tag");
    assertThat(some.status()).isZero();
  }

  @Test
  void failsWhenAWantedKindIsNotThere() throws IOException {
    Files.delete(folder.resolve("coap-uri.json"));
    CommandRun run = CommandRun.of("conform", folder.toString(), "--kind", "coap-uri");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("MISSING  no file of kind coap-uri");
  }

  @Test
  void tellsTheKindByContentNotByName() throws IOException {
    Files.move(folder.resolve("coap-uri.json"), folder.resolve("other-name.json"));
    CommandRun run = CommandRun.of("conform", folder.toString(), "--kind", "coap-uri");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("other-name.json: 10 of 10 passed");
  }

  /** Each plants one lie into a file of vectors. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coap-udp-messages.json | \"message_id\": 32055   | \"message_id\": 32056 | message_id",
        "coap-udp-messages.json | \"code\": \"2.05\"      | \"code\": \"2.04\"    | code",
        "coap-udp-messages.json | \"reserved-nibble-15\"  | \"truncated-token\"   | error_class",
        "coap-udp-messages.json | \"expected\": \"malformed\" | \"expected\": \"ok\" | refused with",
        "coap-udp-messages.json | \"message\": \"60007d38\" | \"message\": \"6x\" | cannot be run",
        "coap-uri.json          | \"direction\": \"reject\" | \"direction\": \"decompose\" | refused",
        "coap-uri.json          | \"destination_port\": 61616 | \"destination_port\": 5683 | port",
        "coap-uri.json          | \"bla=fasel\"           | \"bla=phasel\"        | uri_query",
        "echo-request-tag.json  | \"sender\": \"server\"  | \"sender\": \"foe\"   | sender",
        "echo-request-tag.json  | 6144200353d10e10        | 615f200353d10e10      | code"
      })
  void namesTheCaseThatFails(String file, String truth, String lie, String what)
      throws IOException {
    Path vectors = folder.resolve(file);
    String text = Files.readString(vectors);
    assertThat(text).contains(truth);
    Files.writeString(vectors, text.replace(truth, lie));
    CommandRun run = CommandRun.of("conform", folder.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("FAIL     " + file).contains(what);
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void reportsAnUnreadableFile() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{");
    CommandRun run = CommandRun.of("conform", folder.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("NOT RUN  broken.json").contains("not JSON");
  }

  @Test
  void printsJson() throws IOException {
    CommandRun run = CommandRun.of("conform", folder.toString(), "--json");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("passed").asBoolean(false)).isTrue();
    assertThat(json.path("cases").asInt()).isEqualTo(117);
    assertThat(json.path("files")).hasSize(3);
  }

  @Test
  void wantsAFolderWithVectors() {
    assertThat(CommandRun.of("conform").status()).isEqualTo(2);
    CommandRun nowhere = CommandRun.of("conform", folder.resolve("nowhere").toString());
    assertThat(nowhere.status()).isEqualTo(1);
    assertThat(nowhere.err()).contains("is not a folder");
  }
}
