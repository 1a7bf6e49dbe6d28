package dev.moat.cli.lab;

import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Failure;
import dev.moat.cli.console.Terminal;
import dev.moat.foe.lab.Lab;
import dev.moat.foe.lab.LabResult;
import dev.moat.foe.lab.LabRun;
import dev.moat.foe.path.Transport;
import dev.moat.foe.report.HtmlReport;
import dev.moat.foe.report.JsonReport;
import dev.moat.foe.report.TerminalTable;
import dev.moat.foe.scenario.Scenario;
import dev.moat.foe.stack.StackUnderTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Plays every attack against every stack. Exits with 0 when all verdicts are as expected, else with
 * 1.
 */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the attacks of the draft \"Attacks on CoAP\" against running stacks, over real sockets of"
          + " the loopback interface, and prints what came of them.",
      "Over UDP it plays all stacks, and Foe on EDHOC, by which moat:oscore gets its keys; over DTLS and"
          + " TLS those that tell most, and with --all the draft's figures over every transport.",
      "A stack that only does RFC 7252 and 7959 falls, and under OSCORE alone it still falls to some;"
          + " the table shows which mechanism stops what."
    },
    footer = {
      "",
      "Examples:",
      "  moat lab                              all attacks against all stacks",
      "  moat lab --all                        besides, the matrix over every transport",
      "  moat lab --transport tls --figure 5   one figure over TLS",
      "  moat lab --figure 3 --stack rfc7252   one figure against one stack, with its evidence",
      "  moat lab --virtual --html report.html in virtual time, with a ladder for every run",
      "",
      "Exit status: 0 when every verdict is as expected, 1 when one is not, 2 on wrong usage."
    })
public final class LabCommand implements Callable<Integer> {
  private static final int ALL_EVIDENCE_UP_TO_RUNS = 12;
  private static final int BAR_WIDTH = 30;
  private static final String TO_STANDARD_OUTPUT = "-";

  @Spec private CommandSpec spec;

  @Option(
      names = "--figure",
      paramLabel = "N",
      description =
          "Only this figure, 1 to 10, \"amplification\", \"edhoc\" for all attacks on handshakes, or"
              + " one of them such as edhoc-mitm.")
  private @Nullable String figure;

  @Option(
      names = "--stack",
      paramLabel = "S",
      description =
          "Only this stack, such as moat, moat:oscore, rfc9175:echo, or rfc9175 for all of its flags.")
  private @Nullable String stack;

  @Option(
      names = "--transport",
      paramLabel = "T",
      description = "Only over this transport: udp, dtls-psk, dtls-x509-cid, tls, tcp, wss.")
  private @Nullable String transport;

  @Option(
      names = "--all",
      description = "Adds the matrix: the draft's figures over every transport.")
  private boolean all;

  @Option(names = "--virtual", description = "Plays in virtual time instead of over sockets.")
  private boolean virtual;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description =
          "Seed of all randomness; in virtual time the same seed gives the same run (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the result as JSON; - prints it instead of the table.")
  private @Nullable String json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page with the table and a ladder for every run.")
  private @Nullable Path html;

  @Option(names = "--evidence", description = "Prints the evidence of every run.")
  private boolean evidence;

  @Option(names = "--list", description = "Lists the attacks and the stacks, and plays nothing.")
  private boolean list;

  /** Created by picocli, which fills in what the command line says. */
  public LabCommand() {}

  @Override
  public Integer call() {
    Lab lab = chosen();
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      print(lab, out);
      return Exit.OK;
    }
    LabResult result = lab.run(progress());
    endProgress();
    if (TO_STANDARD_OUTPUT.equals(json)) {
      out.print(JsonReport.of(result));
    } else {
      show(result, out);
    }
    out.flush();
    writeFiles(result);
    return result.isAsExpected() ? Exit.OK : Exit.FAILED;
  }

  private Lab chosen() {
    if (virtual && (all || transport != null)) {
      throw new ParameterException(
          spec.commandLine(), "--virtual is a transport of its own: not with --all or --transport");
    }
    try {
      Lab lab = wanted().seed(seed);
      lab = transport == null ? lab : lab.transport(transport);
      lab = figure == null ? lab : lab.figure(figure);
      return stack == null ? lab : lab.stack(stack);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(spec.commandLine(), unknown.getMessage(), unknown);
    }
  }

  /** A transport that is named may be one that only the matrix has. */
  private Lab wanted() {
    if (virtual) {
      return Lab.standard().over(Transport.VIRTUAL);
    }
    return all || transport != null || list ? Lab.all() : Lab.telling();
  }

  private static void print(Lab lab, PrintWriter out) {
    out.println("Attacks:");
    for (Scenario scenario : lab.scenarios()) {
      out.printf("  %-19s %s (%s)%n", scenario.id(), scenario.title(), scenario.reference());
    }
    out.println("Stacks:");
    for (StackUnderTest one : lab.stacks()) {
      out.printf("  %-20s %s. %s%n", one.name(), one.security(), one.description());
    }
    out.println("Transports:");
    for (Transport one : lab.transports()) {
      out.printf("  %-20s %s, %s%n", one.word(), one.title(), stacksOver(lab, one));
    }
    out.flush();
  }

  private static String stacksOver(Lab lab, Transport transport) {
    return lab.columns().stream()
        .filter(column -> column.transport() == transport)
        .map(column -> column.stack().name())
        .collect(Collectors.joining(", ", "for ", ""));
  }

  private void show(LabResult result, PrintWriter out) {
    if (evidence || result.runs().size() <= ALL_EVIDENCE_UP_TO_RUNS) {
      result.runs().forEach(run -> out.println(TerminalTable.evidence(run)));
    } else {
      result.surprises().forEach(run -> out.println(TerminalTable.evidence(run)));
    }
    out.print(TerminalTable.of(result, Terminal.colouredOut()));
  }

  private void writeFiles(LabResult result) {
    if (json != null && !TO_STANDARD_OUTPUT.equals(json)) {
      write(Path.of(json), JsonReport.of(result));
    }
    if (html != null) {
      write(html, HtmlReport.of(result));
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new Failure(
          "cannot write " + file, "Is the folder there, and may you write to it?", failed);
    }
  }

  private Lab.Progress progress() {
    if (!Terminal.showsProgress()) {
      return Lab.Progress.NONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    return (run, done, total) -> progress(err, run, done, total);
  }

  private static synchronized void progress(PrintWriter err, LabRun run, int done, int total) {
    int filled = BAR_WIDTH * done / total;
    String bar = "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled);
    err.printf(
        "\r[%s] %d of %d: %s against %s\u001b[K",
        bar, done, total, run.scenario().id(), run.column().name());
    err.flush();
  }

  private void endProgress() {
    if (Terminal.showsProgress()) {
      spec.commandLine().getErr().print("\r\u001b[K");
      spec.commandLine().getErr().flush();
    }
  }
}
