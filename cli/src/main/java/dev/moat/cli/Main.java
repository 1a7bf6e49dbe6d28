package dev.moat.cli;

import dev.moat.cli.client.ClientCommands;
import dev.moat.cli.conform.ConformCommand;
import dev.moat.cli.console.ErrorReport;
import dev.moat.cli.cost.CostCommand;
import dev.moat.cli.decode.DecodeCommand;
import dev.moat.cli.edhoc.EdhocCommand;
import dev.moat.cli.keys.KeygenCommand;
import dev.moat.cli.lab.LabCommand;
import dev.moat.cli.oscore.OscoreCommand;
import dev.moat.cli.serve.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code moat} command. Exit status: 0 on success, 1 on failure, 2 on wrong usage. */
@Command(
    name = "moat",
    header = "CoAP that withstands its on-path attacker.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      LabCommand.class,
      ServeCommand.class,
      DecodeCommand.class,
      ConformCommand.class,
      OscoreCommand.class,
      EdhocCommand.class,
      KeygenCommand.class,
      CostCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage.",
      "Run 'moat COMMAND --help' for the options and examples of a command."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Created by {@link #commandLine}; picocli fills in what the command line says. */
  public Main() {}

  /** Runs the command line and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command tree, ready to execute in this process. */
  public static CommandLine commandLine() {
    ErrorReport report = new ErrorReport();
    CommandLine moat = new CommandLine(new Main());
    ClientCommands.addTo(moat);
    return moat.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(report)
        .setExecutionExceptionHandler(report);
  }

  /** Without a subcommand there is nothing to do: says so, and shows the usage. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "moat " + (version == null ? "(not packaged)" : version),
        "Java " + System.getProperty("java.version")
      };
    }
  }
}
