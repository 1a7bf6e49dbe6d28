package dev.moat.cli.edhoc;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code moat edhoc}: what concerns handshakes (RFC 9528). */
@Command(
    name = "edhoc",
    header = "Work with EDHOC handshakes (RFC 9528).",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage.",
      "",
      "Examples:",
      "  moat edhoc run",
      "  moat edhoc run --method 0 --suite 0 --cred-i x5t --cred-r x5chain"
    },
    mixinStandardHelpOptions = true,
    subcommands = RunCommand.class)
public final class EdhocCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public EdhocCommand() {}

  /** Without a subcommand there is nothing to do: says so, and shows the usage. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
