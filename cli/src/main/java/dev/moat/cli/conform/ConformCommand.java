package dev.moat.cli.conform;

import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.console.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code moat conform}: runs every vector file of a folder. */
@Command(
    name = "conform",
    header = "Run files of test vectors against this implementation.",
    description = {
      "",
      "Reads every .json file in DIR, tells its kind by its content, and runs its cases. Prints a"
          + " line per failing case, a line per file, and a total.",
      "",
      "Kinds: coap-udp-messages, coap-tcp-messages, coap-uri, echo-request-tag,"
          + " oscore-rfc8613-appendix-c, oscore-derived, oscore-option, oscore-replay-window, oscore-interop-captures,"
          + " oscore-negative, oscore-interop-spec, oscore-kudos-draft14, cose-examples,"
          + " x509-certificates, aes-ccm-rfc3610, wycheproof-aead, wycheproof-hkdf, wycheproof-key-agreement,"
          + " wycheproof-signature, edhoc-codec-examples, edhoc-invalid, edhoc-negative,"
          + " edhoc-oscore-rfc9668, edhoc-traces. Files of another kind are listed as not yet"
          + " supported, and make the command fail unless --kind leaves them out. Cases that ask for"
          + " something not supported are counted apart, neither passed nor failed. What a reader"
          + " should know of how cases were judged, such as what became of results that Wycheproof"
          + " calls acceptable, is told in notes.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 all cases of all files passed, 1 a case failed or a file's kind is not"
          + " supported or a wanted kind was not found, 2 wrong usage.",
      "",
      "Examples:",
      "  moat conform shared/vectors --kind 'coap-*,echo-request-tag'",
      "  moat conform shared/vectors --kind 'oscore-*'",
      "  moat conform my-vectors --json > report.json"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ConformCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder with the vector files.")
  private Path folder = Path.of(".");

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      description =
          "Run only files of these kinds, or of these names; each must be there. * stands for"
              + " anything.")
  private List<String> kinds = List.of();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print a line for every passing case too.")
  private boolean verbose;

  /** Created by picocli. */
  public ConformCommand() {}

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          "'" + folder + "' is not a folder", "Give the folder that holds the vector files.");
    }
    List<VectorFile> files = VectorFile.in(folder);
    if (files.isEmpty()) {
      throw new Failure(
          "no .json file in " + folder, "Give the folder that holds the vector files.");
    }
    Verdicts verdicts = new ConformRun(List.copyOf(kinds)).run(files);
    Console console = Console.of(spec);
    if (json) {
      console.result(VerdictsJson.of(verdicts).toPrettyString());
    } else {
      new VerdictsText(console, verbose).print(verdicts);
    }
    return verdicts.passed() ? Exit.OK : Exit.FAILED;
  }
}
