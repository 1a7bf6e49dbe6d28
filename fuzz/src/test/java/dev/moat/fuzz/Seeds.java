package dev.moat.fuzz;

import dev.moat.bytes.Bytes;
import dev.moat.testkit.CoseCase;
import dev.moat.testkit.CryptoVectors;
import dev.moat.testkit.EchoFlow;
import dev.moat.testkit.StreamMessageCase;
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

  /** Well-formed, malformed and incomplete messages on TCP and WebSockets. */
  static Stream<byte[]> streams() {
    return Vectors.streamMessages().stream().map(StreamMessageCase::message).map(Bytes::toArray);
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

  /** EDHOC messages of all numbers, genuine and forged. */
  static Stream<byte[]> edhocMessages() {
    Stream<String> genuine =
        Stream.of("message_1", "message_2", "message_3", "message_4").flatMap(Seeds::traced);
    return octets(Stream.concat(genuine, cases("edhoc-negative.json", "value")));
  }

  /** Plaintexts of EDHOC messages. */
  static Stream<byte[]> edhocPlaintexts() {
    Stream<String> genuine = Stream.of("PLAINTEXT_2", "PLAINTEXT_3").flatMap(Seeds::traced);
    Stream<String> withPsk =
        Stream.of("PLAINTEXT_2A", "PLAINTEXT_3A").flatMap(name -> traced("edhoc-psk.json", name));
    Stream<String> invalid = cases("edhoc-rfc9529-invalid.json", "value");
    return octets(Stream.concat(Stream.concat(genuine, withPsk), invalid));
  }

  /** EAD fields, error messages and identifiers of EDHOC. */
  static Stream<byte[]> edhocFields() {
    return octets(
        Stream.concat(
            cases("edhoc-codec-examples.json", "wire"), Stream.of("EAD_3").flatMap(Seeds::traced)));
  }

  private static Stream<String> traced(String value) {
    return traced("edhoc-derived-traces.json", value);
  }

  private static Stream<String> traced(String file, String value) {
    return Vectors.load(file, node -> node.path("values").path(value).asText()).stream();
  }

  private static Stream<String> cases(String file, String field) {
    return Vectors.load(file, node -> node.path(field).asText()).stream();
  }

  private static Stream<byte[]> octets(Stream<String> hex) {
    return hex.distinct().map(digits -> Bytes.hex(digits).toArray());
  }

  /** Valid and invalid URIs. */
  static Stream<String> uris() {
    return Vectors.uris().stream().map(UriCase::uri);
  }
}
