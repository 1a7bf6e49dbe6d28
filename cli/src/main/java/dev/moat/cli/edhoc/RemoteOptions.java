package dev.moat.cli.edhoc;

import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.suite.CipherSuite;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** The options of {@code moat edhoc run} with a server; picocli fills them in. */
final class RemoteOptions {
  @Parameters(
      paramLabel = "URI",
      arity = "0..1",
      description =
          "Run the handshake with this server instead, coap://host[:port][/path], then GET the path"
              + " (/.well-known/core without one) under OSCORE, which shows that both have the keys.")
  @Nullable String uri;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "With a URI: the own credentials and the server's. May be repeated.")
  List<Path> credentials = List.of();

  @Option(
      names = "--edhoc-flow",
      paramLabel = "FLOW",
      description = "With a URI: forward (the default), or reverse: the server is the initiator.")
  String flow = "forward";

  @Option(
      names = "--edhoc-path",
      paramLabel = "PATH",
      description = "With a URI: where its EDHOC resource is; the default is ${DEFAULT-VALUE}.")
  String path = EdhocMessages.DEFAULT_PATH;

  /** Created by picocli. */
  RemoteOptions() {}

  /**
   * How to run it. What is not on the command line is left to the credentials.
   *
   * @throws IllegalArgumentException when an option is wrong
   */
  EdhocClientFlags flags(RunOptions options, ParseResult given, boolean showSecrets) {
    EdhocClientFlags flags = new EdhocClientFlags();
    flags.flow = flow;
    flags.path = path;
    flags.noCombined = true;
    flags.message4 = options.message4;
    flags.showSecrets = showSecrets;
    if (given.hasMatchedOption("--method")) {
      flags.method = options.method().value();
    }
    if (given.hasMatchedOption("--suite")) {
      flags.suites = options.suites().stream().map(CipherSuite::value).toList();
    }
    flags.check();
    return flags;
  }
}
