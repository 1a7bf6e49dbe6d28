package dev.moat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

class MainTest {
  static Set<String> commands() {
    return Main.commandLine().getSubcommands().keySet();
  }

  /** Without picocli's own help, which takes an unknown option for the name of a command. */
  static List<String> commandsOfOurs() {
    return commands().stream().filter(name -> !name.equals("help")).toList();
  }

  @Test
  void asksForACommandWhenThereIsNone() {
    CommandRun run = CommandRun.of();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("which command?").contains("moat --help");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    CommandRun run = CommandRun.of("decod", "40010001");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("decode").doesNotContain("\tat ");
  }

  @Test
  void tellsItsVersion() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("moat ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamples(String name) {
    CommandRun run = CommandRun.of(name, "--help");
    assertThat(run.status()).isZero();
    CommandLine command = Main.commandLine().getSubcommands().get(name);
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    assertThat(usage.header().length + usage.description().length).isPositive();
    if (!name.equals("help")) {
      assertThat(run.out()).contains("Examples:").contains("moat " + name).contains("Exit status");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionIsDescribed(String name) {
    CommandLine command = Main.commandLine().getSubcommands().get(name);
    assertThat(command.getCommandSpec().options())
        .allSatisfy(
            option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("commandsOfOurs")
  void anUnknownOptionIsAUsageError(String name) {
    CommandRun run = CommandRun.of(name, "--no-such-option");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--no-such-option").doesNotContain("\tat ");
  }
}
