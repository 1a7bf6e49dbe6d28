package dev.moat.cli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.cli.CommandRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code moat decode --tcp} and {@code --ws}. */
class DecodeStreamTest {
  @Test
  void namesTheOptionsOfASignal() {
    CommandRun csm = CommandRun.of("decode", "--tcp", "70e12310000020210c");
    assertThat(csm.status()).isZero();
    assertThat(csm.out())
        .isEqualTo(
            """
            offset  octets            field               meaning (reference)
            0       70                Len, TKL            length field 7, token length field 0 (RFC 8323, 3.2)
            1       e1                Code                7.01 CSM, a signalling message (RFC 8323, 11.1)
            2       23                Option              delta 2 makes option 2, length 3 (RFC 7252, 3.1)
            3       100000              Max-Message-Size  1048576 (RFC 8323, 5.3.1)
            6       20                Option              delta 2 makes option 4, length 0 (RFC 7252, 3.1)
                                        Block-Wise-Transfer present (RFC 8323, 5.3.2)
            7       21                Option              delta 2 makes option 6, length 1 (RFC 7252, 3.1)
            8       0c                  Extended-Token-Length 12 (RFC 8974, 2.2.1)
            well-formed, 9 octets in all
            """);
  }

  @Test
  void explainsExtendedLengths() {
    CommandRun run = CommandRun.of("decode", "--tcp", "d1000201ff000000000000000000000000");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("Extended Length     13 octets of options and payload (RFC 8323, 3.2)")
        .contains("0.02 POST, a request (RFC 7252, 12.1)");
  }

  @Test
  void saysWhatAReceiverDoes() {
    assertThat(decoded("--tcp", "0f01")).contains("a receiver sends Abort and closes");
    assertThat(decoded("--tcp", "d0")).contains("a receiver waits for the rest");
    assertThat(decoded("--tcp", "00e10001"))
        .contains("malformed at offset 2: the message ends here, but 2 octets more are given")
        .contains("a receiver takes what follows for the next message");
    assertThat(decoded("--ws", "10e1")).contains("malformed at offset 0: Len must be 0");
    assertThat(decoded("--ws", "00")).contains("malformed at offset 1: a message has at least 2");
  }

  @Test
  void tellsOfUnknownOptions() {
    assertThat(decoded("--tcp", "30e1e0f1f1"))
        .contains("is not known here (RFC 7252, 5.4.1), and is elective: ignored");
    assertThat(decoded("--tcp", "10e190"))
        .contains("Option 9 is not known here")
        .contains("a message with it is answered with Abort (RFC 8323, 5.2)");
    assertThat(decoded("--tcp", "200231ff")).contains("is no UTF-8").doesNotContain("Reset");
    assertThat(decoded("--ws", "0001e1fcdc00")).contains("4.02").doesNotContain("confirmable");
    assertThat(decoded("--ws", "0045e1fcdc00")).contains("a response with it is rejected");
  }

  @Test
  void showsWhatAnEmptyMessageCarries() {
    assertThat(decoded("--tcp", "2100aaff61"))
        .contains("whatever an Empty message carries is ignored (RFC 8323, 3.4)")
        .contains("well-formed");
  }

  @Test
  void explainsEverySignal() {
    assertThat(decoded("--tcp", "11e34220")).contains("Custody").contains("7.03 Pong");
    assertThat(decoded("--tcp", "70e4236162630110ff"))
        .doesNotContain("Max-Message-Size")
        .contains("Alternative-Address");
    assertThat(decoded("--tcp", "20e52102")).contains("Bad-CSM-Option").contains("RFC 8323, 5.6");
    assertThat(decoded("--ws", "00e9")).contains("7.09 (unassigned), a signalling message");
  }

  @Test
  void printsJson() throws IOException {
    CommandRun run = CommandRun.of("decode", "--json", "--tcp", "e00000");
    assertThat(run.status()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("error").path("reason").asText()).isEqualTo("incomplete-message");
  }

  @Test
  void wantsOneFormat() {
    assertThat(CommandRun.of("decode", "--tcp", "--ws", "0001").status()).isEqualTo(2);
    CommandRun edhoc = CommandRun.of("decode", "--tcp", "--edhoc", "0001");
    assertThat(edhoc.status()).isEqualTo(2);
    assertThat(edhoc.err()).contains("leave out --edhoc");
  }

  private static String decoded(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "decode";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    CommandRun run = CommandRun.of(command);
    assertThat(run.err()).isEmpty();
    return run.out();
  }
}
