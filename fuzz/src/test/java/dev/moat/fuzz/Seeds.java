package dev.moat.fuzz;

import dev.moat.bytes.Bytes;
import dev.moat.testkit.CoseCase;
import dev.moat.testkit.CryptoVectors;
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

  /** Good and bad COSE structures. */
  static Stream<byte[]> coseMessages() {
    return CryptoVectors.coseExamples().stream().map(CoseCase::message).map(Bytes::toArray);
  }

  /** Protected requests and responses, genuine and forged. */
  static Stream<byte[]> protectedDatagrams() {
    return Vectors.load("oscore-negative.json", node -> node.path("message").asText()).stream()
        .map(hex -> Bytes.hex(hex).toArray());
  }

  /** Values of the OSCORE option, well-formed and malformed. */
  static Stream<byte[]> oscoreOptions() {
    return Vectors.load("oscore-option.json", node -> node.path("value").asText()).stream()
        .map(hex -> Bytes.hex(hex).toArray());
  }

  /** Valid and invalid URIs. */
  static Stream<String> uris() {
    return Vectors.uris().stream().map(UriCase::uri);
  }
}
