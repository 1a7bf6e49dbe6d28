package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of vector files that can be run, told apart by what every case of the kind has. */
enum Kind {
  /** Messages of the UDP format with their fields, or the reason why they are malformed. */
  COAP_UDP_MESSAGES,
  /** URIs and the options they stand for. */
  COAP_URI,
  /** Message flows with Echo and Request-Tag. */
  ECHO_REQUEST_TAG;

  /** The kind whose cases look like {@code testCase}. */
  static Optional<Kind> of(JsonNode testCase) {
    return Arrays.stream(values()).filter(kind -> kind.recognises(testCase)).findFirst();
  }

  /** All labels, for messages. */
  static String labels() {
    return Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "));
  }

  /** The name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What runs a case of this kind. */
  CaseRunner runner() {
    return switch (this) {
      case COAP_UDP_MESSAGES -> new UdpMessageCase();
      case COAP_URI -> new UriCase();
      case ECHO_REQUEST_TAG -> new EchoRequestTagCase();
    };
  }

  private boolean recognises(JsonNode testCase) {
    return switch (this) {
      case COAP_UDP_MESSAGES ->
          testCase.path("transport").asText().equals("udp")
              && testCase.path("message").isTextual()
              && testCase.path("expected").isTextual();
      case COAP_URI -> testCase.path("uri").isTextual() && testCase.path("direction").isTextual();
      case ECHO_REQUEST_TAG -> testCase.path("steps").path(0).path("coap").isTextual();
    };
  }
}
