package dev.moat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that must be refused before anything is sent: nothing listens at the URIs here. */
class ClientUsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get http://localhost/           | no CoAP scheme",
        "get localhost/hello             | did you mean coap://localhost/hello",
        "get coap://user@localhost/      | user information",
        "get coap://localhost:99999/     | port",
        "get                             | URI",
        "get -b 100 coap://localhost/    | 16, 32, 64",
        "get -B 0 coap://localhost/      | above 0",
        "get -s -1 coap://localhost/     | above 0",
        "put -s 5 coap://localhost/      | get and fetch only",
        "get -p 70000 coap://localhost/  | UDP port",
        "get -T 0x010203040506070809 coap://localhost/ | at most 8 octets",
        "get -T 0xzz coap://localhost/   | hexadecimal",
        "put -t 50 coap://localhost/     | -e TEXT or -f FILE",
        "put -e a -f b coap://localhost/ | not by both",
        "ping -N coap://localhost/       | confirmable",
        "get coap://a/ coap://b/         | Unmatched"
      })
  void saysWhatIsWrongWithTheCommandLine(String line, String message) {
    CommandRun run = CommandRun.of(line.strip().split(" "));
    assertThat(run.err()).contains(message).contains("--help").doesNotContain("\tat ");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void saysWhatToDoWhenThePayloadFileIsMissing() {
    CommandRun run = CommandRun.of("put", "-f", "/no/such/file", "coap://localhost/");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("/no/such/file").contains("-e");
  }

  @Test
  void readsVerbosityWithoutTakingTheUriForIt() {
    String[][] lines = {
      {"get", "-v", "http://x/"},
      {"get", "-vv", "http://x/"},
      {"get", "-v", "7", "http://x/"},
      {"get", "-v7", "http://x/"},
      {"get", "-Nvv", "http://x/"}
    };
    for (String[] line : lines) {
      assertThat(CommandRun.of(line).err()).contains("no CoAP scheme");
    }
    assertThat(CommandRun.of("get", "-vx", "http://x/").err()).contains("verbosity");
  }
}
