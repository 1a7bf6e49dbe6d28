package dev.moat.edhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Vectors;
import java.util.stream.Stream;

/** A complete session from the vectors, field by field. */
public record Trace(JsonNode node) {
  /** Both traces of RFC 9529. */
  public static Stream<Trace> published() {
    return Vectors.load("edhoc-rfc9529-traces.json", Trace::new).stream();
  }

  /** The traces that were derived for the other methods and suites. */
  public static Stream<Trace> derived() {
    return Vectors.load("edhoc-derived-traces.json", Trace::new).stream();
  }

  /** All of them. */
  public static Stream<Trace> all() {
    return Stream.concat(published(), derived());
  }

  public static Trace named(String id) {
    return all().filter(trace -> trace.id().equals(id)).findFirst().orElseThrow();
  }

  public String id() {
    return node.path("id").asText();
  }

  public Method method() {
    return Method.of(node.path("method").asInt()).orElseThrow();
  }

  public CipherSuite suite() {
    return CipherSuites.standard().require(node.path("selected_suite").asInt());
  }

  public boolean has(String field) {
    return node.path("values").has(field);
  }

  /** A value; missing fields fail the test. */
  public Bytes value(String field) {
    if (!has(field)) {
      throw new AssertionError(id() + " has no " + field);
    }
    return Bytes.hex(node.path("values").path(field).asText());
  }

  /** A value that is a secret. */
  public SecretBytes secret(String field) {
    return SecretBytes.copyOf(value(field).toArray());
  }

  @Override
  public String toString() {
    return id();
  }
}
