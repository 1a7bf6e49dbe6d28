package dev.moat.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cli.conform.cases.CaseRunner;
import dev.moat.cli.conform.cases.Findings;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.coap.uri.UriFormatException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A URI decomposes into the stated options and is composed from them again, or is refused (RFC
 * 7252, Section 6).
 */
final class UriCase implements CaseRunner {
  @Override
  public void run(JsonNode testCase, Findings findings) {
    String uri = testCase.path("uri").asText();
    String direction = testCase.path("direction").asText();
    switch (direction) {
      case "reject" -> reject(uri, findings);
      case "decompose" -> decompose(testCase, uri, findings);
      case "both" -> {
        decompose(testCase, uri, findings);
        compose(testCase, uri, findings);
      }
      default ->
          findings.problem("direction is '" + direction + "', none of both, decompose, reject");
    }
  }

  private static void reject(String uri, Findings findings) {
    try {
      CoapUri parsed = CoapUri.parse(uri);
      findings.problem("accepted as " + parsed);
    } catch (UriFormatException expected) {
      // Refused, as it must be.
    }
  }

  private static void decompose(JsonNode expected, String uri, Findings findings) {
    try {
      CoapUri parsed = CoapUri.parse(uri);
      Options options = parsed.options();
      findings.same("destination_port", port(expected, "destination_port"), parsed.port());
      findings.same("uri_host", text(expected, "uri_host"), first(options));
      findings.same("uri_port", text(expected, "uri_port"), port(options));
      // null here means that the RFC leaves the result open: dot segments.
      if (expected.path("uri_path").isArray()) {
        findings.same("uri_path", texts(expected, "uri_path"), options.uriPath());
      }
      findings.same("uri_query", texts(expected, "uri_query"), options.uriQuery());
      address(expected, parsed, findings);
    } catch (UriFormatException e) {
      findings.problem("refused: " + e.getMessage());
    }
  }

  /** Only where the host is an address: what a name resolves to is not the URI's business. */
  private static void address(JsonNode expected, CoapUri parsed, Findings findings) {
    if (parsed.address().isPresent() && expected.path("destination_ip").isTextual()) {
      findings.same(
          "destination_ip",
          address(expected.path("destination_ip").asText()),
          parsed.address().get());
    }
  }

  private static Bytes address(String literal) {
    try {
      return Bytes.owned(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("destination_ip is no address: " + literal, e);
    }
  }

  private static void compose(JsonNode testCase, String uri, Findings findings) {
    List<Option> options = new ArrayList<>();
    text(testCase, "uri_host").ifPresent(h -> options.add(Option.text(OptionNumber.URI_HOST, h)));
    text(testCase, "uri_port")
        .ifPresent(p -> options.add(Option.uint(OptionNumber.URI_PORT, Long.parseLong(p))));
    texts(testCase, "uri_path").forEach(s -> options.add(Option.text(OptionNumber.URI_PATH, s)));
    texts(testCase, "uri_query").forEach(s -> options.add(Option.text(OptionNumber.URI_QUERY, s)));
    String host = testCase.path("destination_ip").asText();
    int port = port(testCase, "destination_port");
    findings.same(
        "composed URI", uri, CoapUri.of(Scheme.COAP, host, port, Options.of(options)).toString());
  }

  private static int port(JsonNode node, String field) {
    return node.path(field).asInt(Scheme.COAP.defaultPort());
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
  }

  private static List<String> texts(JsonNode node, String field) {
    List<String> values = new ArrayList<>();
    node.path(field).forEach(value -> values.add(value.asText()));
    return values;
  }

  private static Optional<String> first(Options options) {
    return options.first(OptionNumber.URI_HOST).map(Bytes::toUtf8);
  }

  private static Optional<String> port(Options options) {
    return options.first(OptionNumber.URI_PORT).map(value -> Long.toString(value.toUint()));
  }
}
