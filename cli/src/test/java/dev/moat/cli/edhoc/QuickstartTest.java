package dev.moat.cli.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.cli.CommandRun;
import dev.moat.cli.serve.ServerInBackground;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs docs/edhoc-quickstart.md: every command of its {@code sh} blocks, in this process, and looks
 * for every line of the {@code text} block behind them. Files are in a folder of the test, the
 * server on a free port; what is random is masked.
 */
@Timeout(120)
class QuickstartTest {
  private static final Path GUIDE = Path.of("..", "docs", "edhoc-quickstart.md");
  private static final Pattern BLOCKS =
      Pattern.compile("```sh\\n(.*?)```\\n(?:[^`]*```text\\n(.*?)```)?", Pattern.DOTALL);
  private static final int COMMANDS = 16;

  @TempDir Path folder;
  private @Nullable ServerInBackground server;

  @Test
  void everyCommandDoesWhatTheGuideSays() throws Exception {
    Matcher blocks = BLOCKS.matcher(Files.readString(GUIDE));
    int commands = 0;
    while (blocks.find()) {
      StringBuilder printed = new StringBuilder();
      for (String command : blocks.group(1).lines().toList()) {
        printed.append(run(command));
        commands++;
      }
      String expected = blocks.group(2) == null ? "" : blocks.group(2);
      for (String line : expected.lines().toList()) {
        assertThat(masked(printed.toString())).contains(masked(line));
      }
    }
    assertThat(commands).isEqualTo(COMMANDS);
  }

  private String run(String command) {
    assertThat(command).startsWith("./moat ");
    List<String> arguments = new ArrayList<>();
    for (String argument : command.substring("./moat ".length()).split(" ")) {
      arguments.add(argument.endsWith(".json") ? folder.resolve(argument).toString() : argument);
    }
    if (arguments.get(0).equals("serve")) {
      return served(arguments.subList(1, arguments.size()));
    }
    if (arguments.get(0).equals("keygen")) {
      arguments.addAll(List.of("--out", folder.resolve(arguments.get(1) + ".json").toString()));
    }
    arguments.replaceAll(argument -> argument.replace("coap://localhost", uri()));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    return run.err() + run.out();
  }

  private String served(List<String> options) {
    end();
    ServerInBackground started = ServerInBackground.start(options.toArray(String[]::new));
    server = started;
    return started.ready();
  }

  private String uri() {
    return server == null ? "coap://localhost" : server.uri("");
  }

  /** Without what differs between two runs. */
  private String masked(String text) {
    return text.replace(folder + "/", "")
        .replaceAll("(127\\.0\\.0\\.1|localhost)(:\\d+)?", "HOST")
        .replaceAll("0x[0-9a-f]+", "0x")
        .replaceAll("x5chain, \\d+ octets", "x5chain");
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }
}
