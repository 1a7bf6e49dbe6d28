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

/** The values are those of RFC 8613, Appendix C.1.1. */
class DeriveCommandTest {
  private static final String[] CLIENT = {
    "master_secret,hex,\"0102030405060708090a0b0c0d0e0f10\"",
    "master_salt,hex,\"9e7ca92223786340\"",
    "sender_id,hex,\"\"",
    "recipient_id,hex,\"01\""
  };
  private static final String SENDER_KEY = "f0910ed7295e6ad4b54fc793154302ff";
  private static final String RECIPIENT_KEY = "ffb14e093c94c9cac9471648b4f98710";
  private static final String COMMON_IV = "4622d4dd6d944168eefb54987c";
  private static final String MASTER_SECRET = "0102030405060708090a0b0c0d0e0f10";

  @TempDir Path folder;

  @Test
  void printsWhatIsNoSecret() {
    CommandRun run = derive("-E", conf().toString());
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("Sender ID              (empty)")
        .contains("AEAD algorithm         10 AES-CCM-16-64-128")
        .contains("Common IV              " + COMMON_IV)
        .contains("first recipient nonce  4722d4dd6d944169eefb54987c")
        .containsPattern("fingerprint {12}[0-9a-f]{32}")
        .doesNotContain(SENDER_KEY)
        .doesNotContain(RECIPIENT_KEY)
        .doesNotContain(MASTER_SECRET);
    assertThat(run.err()).contains("--show-secrets");
  }

  @Test
  void printsTheKeysWhenAskedTo() {
    CommandRun run = derive("-E", conf().toString(), "--show-secrets");
    assertThat(run.out())
        .contains(SENDER_KEY)
        .contains(RECIPIENT_KEY)
        .doesNotContain(MASTER_SECRET);
  }

  @Test
  void takesOptionsInsteadOfAFile() throws IOException {
    CommandRun run =
        derive(
            "--master-secret",
            MASTER_SECRET,
            "--master-salt",
            "9e7ca92223786340",
            "--sender-id",
            "",
            "--recipient-id",
            "01",
            "--id-context",
            "37cbf3210017a2d3",
            "--json");
    JsonNode context = new ObjectMapper().readTree(run.out()).path(0);
    assertThat(context.path("commonIv").asText()).isEqualTo("2ca58fb85ff1b81c0b7181b85e");
    assertThat(context.path("idContext").asText()).isEqualTo("37cbf3210017a2d3");
    assertThat(context.has("senderKey")).isFalse();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void leavesNoStateBehind() throws IOException {
    assertThat(derive("-E", conf().toString()).status()).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("client.conf"));
    }
  }

  @Test
  void refusesAFileThatOthersMayReadAndSaysWhatToDo() {
    Path open = PrivateFiles.write(folder, "rw-r--r--", "open.conf", CLIENT);
    CommandRun run = derive("-E", open.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("chmod 600 '" + open + "'").contains("--insecure-file-mode");
    assertThat(derive("-E", open.toString(), "--insecure-file-mode").status()).isZero();
  }

  @Test
  void refusesAWrongCommandLine() {
    assertThat(derive().err()).contains("--master-secret is missing");
    assertThat(derive("--master-secret", "0").err()).contains("pairs of hexadecimal digits");
    assertThat(derive("--master-secret", "00", "--sender-id", "").status()).isEqualTo(2);
    assertThat(derive("-E", conf().toString(), "--sender-id", "00").err()).contains("not by both");
    assertThat(derive("--aead", "AES").err()).contains("--aead names 'AES'");
    assertThat(derive("--hkdf", "MD5").err()).contains("--hkdf names 'MD5'");
    assertThat(derive("-E", "nowhere.conf").err()).contains("there is no file 'nowhere.conf'");
    assertThat(derive("-E", ",seq").status()).isEqualTo(2);
    assertThat(CommandRun.of("oscore").status()).isEqualTo(2);
  }

  private Path conf() {
    return PrivateFiles.write(folder, "client.conf", CLIENT);
  }

  private static CommandRun derive(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "oscore";
    all[1] = "derive";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CommandRun.of(all);
  }
}
