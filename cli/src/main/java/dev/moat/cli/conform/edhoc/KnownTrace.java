package dev.moat.cli.conform.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/**
 * The handshake that vectors are made around. A case or its file may hold it, as an object {@code
 * trace} with the members of a trace; files that only say "RFC 9529, Section 3" mean that document,
 * whose inputs are kept here.
 */
final class KnownTrace {
  private static final String SECTION_3 = "rfc9529-section3.json";

  private KnownTrace() {}

  static Trace of(JsonNode testCase, JsonNode root) {
    JsonNode stated =
        Stream.of(testCase.path("trace"), root.path("trace"))
            .filter(JsonNode::isObject)
            .findFirst()
            .orElseGet(KnownTrace::section3);
    int method = stated.path("method").asInt(-1);
    return Trace.of(
        stated,
        Method.of(method)
            .orElseThrow(() -> new IllegalArgumentException("method " + method + " is not known")),
        CipherSuites.standard().require(stated.path("selected_suite").asInt(-1)));
  }

  private static JsonNode section3() {
    try (InputStream example = KnownTrace.class.getResourceAsStream(SECTION_3)) {
      return new ObjectMapper().readTree(example);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
