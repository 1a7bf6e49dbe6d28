package dev.moat.fuzz;

import dev.moat.testkit.EchoFlow;
import dev.moat.testkit.UdpMessageCase;
import dev.moat.testkit.UriCase;
import dev.moat.testkit.Vectors;
import java.util.stream.Stream;

/** Starting points for the fuzzer, taken from the shared vectors. */
final class Seeds {
  private Seeds() {}

  /** Well-formed and malformed datagrams. */
  static Stream<byte[]> datagrams() {
    Stream<byte[]> echo =
        Vectors.echoFlows().stream()
            .flatMap(flow -> flow.steps().stream())
            .map(EchoFlow.Step::message)
            .map(message -> message.toArray());
    return Stream.concat(
        Vectors.udpMessages().stream().map(UdpMessageCase::message).map(m -> m.toArray()), echo);
  }

  /** Valid and invalid URIs. */
  static Stream<String> uris() {
    return Vectors.uris().stream().map(UriCase::uri);
  }
}
