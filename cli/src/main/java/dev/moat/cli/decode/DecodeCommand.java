package dev.moat.cli.decode;

import dev.moat.bytes.Bytes;
import dev.moat.cli.console.Console;
import dev.moat.cli.console.Exit;
import dev.moat.cli.oscore.RecordedContexts;
import dev.moat.coap.codec.StreamMessage;
import dev.moat.oscore.context.ContextParameters;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code moat decode}: explains one message field by field. */
@Command(
    name = "decode",
    header = "Explain a CoAP or EDHOC message octet by octet.",
    description = {
      "",
      "Shows each field of one message in the UDP format with its offset, octets, meaning and"
          + " the RFC section that defines it. A malformed message is shown up to the octet that"
          + " breaks a rule, and the rule is named.",
      "",
      "With --tcp or --ws, the message has the format of a TCP or TLS connection, or of a WebSocket's"
          + " binary message (RFC 8323). The options of signalling messages (7.xx) are named by"
          + " their code's own numbers.",
      "",
      "With -E, an OSCORE message is verified with either side's security context, and the message"
          + " inside is shown. No sequence number is taken and no replay window moves.",
      "",
      "With --edhoc, the message is one of EDHOC (RFC 9528) by itself, with or without the prefix"
          + " that it has over CoAP. An EDHOC message inside a CoAP message is shown without it.",
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
      "  moat decode --tcp 30e1220480",
      "  moat decode --ws 014553ff32322e332043656c",
      "  moat decode -E server.conf 44025d1f00003974396c6f63616c686f7374620914ff...",
      "  moat decode -E client.conf --request 44025d1f0000... 64445d1f0000...",
      "  moat decode --edhoc 0382060258208af6f430ebe18d34184017a9a11bf511c8df...",
      "  moat decode --edhoc --suite 2 --message 2 582b419701d7f00a26c2dc587a36dd75...",
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

  @ArgGroup private StreamFormat stream = new StreamFormat();

  @Option(
      names = {"-E", "--oscore"},
      paramLabel = "CONF",
      description = "Show the message inside, by the OSCORE security context in CONF.")
  private @Nullable String conf;

  @Option(
      names = "--request",
      paramLabel = "HEX",
      description = "The protected request that the message answers; with -E.")
  private @Nullable String request;

  @Mixin private EdhocDecoding edhoc = new EdhocDecoding();

  @Option(
      names = "--insecure-file-mode",
      description = "Accept a file with secrets that other users may read.")
  private boolean insecureFileMode;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Created by picocli. */
  public DecodeCommand() {}

  @Override
  public Integer call() {
    Bytes message = DecodeInput.read(input, System.in);
    if (edhoc.wanted()) {
      return edhoc(message);
    }
    WireFormat format = stream.format();
    Dissection dissection = format.dissect(message);
    Optional<InnerMessage> inner = inner(message, format);
    Console console = Console.of(spec);
    if (json) {
      console.result(DissectionJson.of(message, format, dissection, inner).toPrettyString());
    } else {
      DissectionText text = new DissectionText(console);
      text.print(message, format, dissection);
      inner.ifPresent(text::print);
    }
    return dissection.fault().isPresent() ? Exit.FAILED : Exit.OK;
  }

  private int edhoc(Bytes message) {
    if (conf != null || request != null || stream.format() != WireFormat.UDP) {
      throw new ParameterException(
          spec.commandLine(),
          "-E and --request are for CoAP messages, as --tcp and --ws are; leave out --edhoc");
    }
    try {
      return edhoc.show(message, Console.of(spec), json) ? Exit.OK : Exit.FAILED;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<InnerMessage> inner(Bytes message, WireFormat format) {
    if (conf == null) {
      if (request != null) {
        throw new ParameterException(spec.commandLine(), "--request needs a context: -E CONF");
      }
      return Optional.empty();
    }
    List<ContextParameters> contexts = contexts(conf);
    try {
      InnerReader reader = new InnerReader(contexts);
      StreamMessage outer = InnerMessage.outer(message, format);
      if (request == null) {
        return Optional.of(reader.request(outer));
      }
      Bytes asked = DecodeInput.read(List.of(request), System.in);
      return Optional.of(reader.response(outer, InnerMessage.outer(asked, format)));
    } finally {
      contexts.forEach(ContextParameters::close);
    }
  }

  private List<ContextParameters> contexts(String file) {
    try {
      return RecordedContexts.of(file, insecureFileMode);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
