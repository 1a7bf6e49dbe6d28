package dev.moat.cli.client;

import dev.moat.cli.console.Verbosity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a message travels; picocli fills it in. */
final class TransportFlags {
  @Option(
      names = {"-N", "--non"},
      description = "Send a non-confirmable message. Actuators of Moat refuse those.")
  boolean nonConfirmable;

  @Option(
      names = {"-T", "--token"},
      paramLabel = "TOKEN",
      description = "Token of the request, text or 0x with digits, at most 8 octets.")
  @Nullable String token;

  @Option(
      names = {"-P", "--proxy"},
      paramLabel = "URI",
      description =
          "Send the request to this forward-proxy, such as coap://proxy.example. What -u, -k, -c, -C,"
              + " -M and --peer-key say then concerns the proxy; it can read and change whatever"
              + " OSCORE does not protect.")
  @Nullable String proxy;

  @Option(
      names = {"-p", "--local-port"},
      paramLabel = "PORT",
      description = "Send from this UDP port.")
  int localPort;

  @Option(
      names = {"-B", "--timeout"},
      paramLabel = "SECONDS",
      description = "Give up after so long; the default is 90.")
  double timeoutSeconds = 90;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      arity = "0..1",
      paramLabel = "LEVEL",
      preprocessor = Verbosity.class,
      converter = Verbosity.class,
      description = "Say more: -v options and causes, -vv events; -v 7 as with coap-client.")
  int verbosity;
}
