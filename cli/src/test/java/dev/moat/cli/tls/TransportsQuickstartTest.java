package dev.moat.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs docs/transports-quickstart.md: every command of its {@code sh} blocks, those of libcoap
 * among them, and looks for every line of the {@code text} block behind them. Files are in a folder
 * of the test, servers on free ports.
 */
@Timeout(180)
class TransportsQuickstartTest {
  private static final Path GUIDE = Path.of("..", "docs", "transports-quickstart.md");
  private static final Pattern BLOCKS =
      Pattern.compile("```sh\\n(.*?)```\\n(?:[^`]*?```text\\n(.*?)```)?", Pattern.DOTALL);
  private static final Pattern URI =
      Pattern.compile("(coap[a-z+]*)://(?:localhost|127\\.0\\.0\\.1)(/.*)");
  private static final int COMMANDS = 20;

  @TempDir Path folder;
  private @Nullable ServerInBackground server;
  private Libcoap.@Nullable Server libcoap;

  @Test
  void everyCommandDoesWhatTheGuideSays() throws Exception {
    Matcher blocks = BLOCKS.matcher(Files.readString(GUIDE));
    int commands = 0;
    while (blocks.find()) {
      StringBuilder printed = new StringBuilder();
      for (String command : blocks.group(1).lines().toList()) {
        printed.append(run(command)).append('\n');
        commands++;
      }
      String expected = blocks.group(2) == null ? "" : blocks.group(2);
      for (String line : expected.lines().toList()) {
        assertThat(masked(printed.toString())).contains(masked(line));
      }
    }
    assertThat(commands).isEqualTo(COMMANDS);
  }

  private String run(String command) throws Exception {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" (?!phone\\.key\\))")) {
      words.add(argument(word));
    }
    String program = words.remove(0);
    if (program.equals("coap-server-openssl")) {
      end();
      libcoap = Libcoap.server("openssl", words.subList(2, words.size()).toArray(String[]::new));
      return "";
    }
    if (program.equals("coap-client-openssl")) {
      String printed = Libcoap.client("openssl", words.toArray(String[]::new));
      assertThat(printed).as(command).contains("Hello from Moat");
      return printed;
    }
    assertThat(program).isEqualTo("./moat");
    return moat(words);
  }

  private String moat(List<String> words) {
    if (words.get(0).equals("serve")) {
      end();
      boolean listens = words.contains("--listen");
      String[] flags = words.subList(1, words.size()).toArray(String[]::new);
      server = listens ? ServerInBackground.listening(flags) : ServerInBackground.start(flags);
      return server.ready();
    }
    if (words.get(0).equals("keygen")) {
      boolean several = words.contains("tls");
      words.add("--out");
      words.add(several ? folder.toString() : folder.resolve(words.get(1) + ".json").toString());
    }
    CommandRun run = CommandRun.of(words.toArray(String[]::new));
    return run.err() + run.out();
  }

  private String argument(String word) throws Exception {
    Matcher uri = URI.matcher(word);
    if (word.contains("$(cat phone.key)")) {
      return Files.readString(folder.resolve("phone.key"));
    }
    if (uri.matches()) {
      return uri(uri.group(1), uri.group(2));
    }
    boolean file = Arrays.asList("json", "key", "pem").contains(word.replaceAll(".*\\.", ""));
    return file ? folder.resolve(word).toString() : word.replace("[::]", "127.0.0.1:0");
  }

  private String uri(String scheme, String path) {
    if (libcoap != null) {
      return libcoap.uri(scheme).replaceAll("/$", path);
    }
    return server == null ? scheme + "://127.0.0.1" + path : server.uri(scheme, path);
  }

  /** Without what differs between two runs. */
  private String masked(String text) {
    return text.replace(folder + "/", "")
        .replaceAll("(?<=//)(127\\.0\\.0\\.1|localhost)(:\\d+)?", "HOST");
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
      server = null;
    }
    if (libcoap != null) {
      libcoap.close();
      libcoap = null;
    }
  }
}
