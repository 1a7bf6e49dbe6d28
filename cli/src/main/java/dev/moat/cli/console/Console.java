package dev.moat.cli.console;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints.
 *
 * @param command the command's qualified name, such as {@code moat get}
 * @param out results
 * @param err everything else
 */
public record Console(String command, PrintWriter out, PrintWriter err) {
  /** The console of a command that picocli has parsed. */
  public static Console of(CommandSpec spec) {
    return new Console(
        spec.qualifiedName(), spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /** One line of result. */
  public void result(String line) {
    out.println(line);
    out.flush();
  }

  /** One line for the person in front, such as a status. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /** One line for the person in front, coloured where that is possible. */
  public void note(Style style, String line) {
    note(style.on(line, Terminal.colouredErr()));
  }

  /** One error, told as {@code command: what}, and what to do about it. */
  public void error(String what, String advice) {
    note(Style.BAD, command + ": " + what);
    note("  " + advice);
  }
}
