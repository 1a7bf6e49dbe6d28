package dev.moat.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of the command line in this process.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int status, String out, String err) {
  /** Runs {@code moat} with these arguments. */
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine moat = Main.commandLine();
    moat.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = moat.execute(arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }
}
