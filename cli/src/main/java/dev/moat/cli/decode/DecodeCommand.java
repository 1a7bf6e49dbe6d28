package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code moat decode}: explains one message field by field. */
@Command(
    name = "decode",
    header = "Explain a CoAP message octet by octet.",
    description = {
      "",
      "Shows each field of one message in the UDP format with its offset, octets, meaning and"
          + " the RFC section that defines it. A malformed message is shown up to the octet that"
          + " breaks a rule, and the rule is named.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 well-formed, 1 malformed or unreadable, 2 wrong usage.",
      "",
      "Examples:",
      "  moat decode 41017d3742bb74656d7065726174757265",
      "  moat decode 40 01 00 01",
      "  moat decode message.bin",
      "  tshark ... | moat decode --json -"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DecodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "HEX|FILE|-",
      arity = "1..*",
      description =
          "Hexadecimal digits (blanks, colons and 0x are ignored), or a file with digits or raw"
              + " octets, or - for standard input.")
  private List<String> input = List.of();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Created by picocli. */
  public DecodeCommand() {}

  @Override
  public Integer call() {
    Bytes message = DecodeInput.read(input, System.in);
    Dissection dissection = Dissector.dissect(message);
    Console console = Console.of(spec);
    if (json) {
      console.result(DissectionJson.of(message, dissection).toPrettyString());
    } else {
      new DissectionText(console).print(message, dissection);
    }
    return dissection.fault().isPresent() ? Exit.FAILED : Exit.OK;
  }
}
