package dev.moat.cli.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into a message, advice and an exit status; never into a stack trace unless
 * {@code -v} asks.
 */
public final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** One report for the whole command tree. */
  public ErrorReport() {}

  /** A wrong command line: says which part, suggests what was meant, and names the help. */
  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    Console console = Console.of(command.getCommandSpec());
    console.note(Style.BAD, console.command() + ": " + message(exception));
    if (!UnmatchedArgumentException.printSuggestions(exception, console.err())) {
      console.note("  Usage: " + usage(command));
    }
    console.note("  Run '" + console.command() + " --help' for all options and examples.");
    return Exit.USAGE;
  }

  /** A failure while running. */
  @Override
  public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed)
      throws Exception {
    Console console = Console.of(command.getCommandSpec());
    if (exception instanceof Failure failure) {
      console.error(String.valueOf(failure.getMessage()), failure.advice());
      trace(failure.getCause(), parsed, console);
      return failure.status();
    }
    console.error(
        "internal error: " + exception,
        "This is a bug in Moat. Please report it with what the command prints when MOAT_TRACE=1 is"
            + " set in the environment.");
    trace(exception, parsed, console);
    return Exit.FAILED;
  }

  /** An option nobody knows explains more than the parameter that is missing because of it. */
  private static String message(ParameterException exception) {
    List<String> unmatched = exception.getCommandLine().getUnmatchedArguments();
    return exception instanceof MissingParameterException && !unmatched.isEmpty()
        ? "unknown option: " + String.join(" ", unmatched)
        : String.valueOf(exception.getMessage());
  }

  private static String usage(CommandLine command) {
    return command
        .getHelp()
        .synopsis(0)
        .strip()
        .replaceAll("\\s+", " "); // picocli breaks long ones to columns
  }

  private static void trace(@Nullable Throwable cause, ParseResult parsed, Console console) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    if (cause != null && traceWanted(innermost)) {
      cause.printStackTrace(console.err());
      console.err().flush();
    }
  }

  private static boolean traceWanted(ParseResult command) {
    return command.hasMatchedOption("-v") || System.getenv("MOAT_TRACE") != null;
  }
}
