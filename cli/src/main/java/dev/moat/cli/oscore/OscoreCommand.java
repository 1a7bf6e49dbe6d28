package dev.moat.cli.oscore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code moat oscore}: what concerns OSCORE security contexts (RFC 8613). */
@Command(
    name = "oscore",
    header = "Work with OSCORE security contexts (RFC 8613).",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage.",
      "",
      "Examples:",
      "  moat oscore derive -E client.conf"
    },
    mixinStandardHelpOptions = true,
    subcommands = DeriveCommand.class)
public final class OscoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public OscoreCommand() {}

  /** Without a subcommand there is nothing to do: says so, and shows the usage. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
