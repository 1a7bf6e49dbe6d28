package dev.moat.cli.conform.oscore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.JdkCrypto;
import dev.moat.engine.resource.Router;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.InsecureVolatileReservations;
import dev.moat.oscore.context.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The contexts and resources of an interoperability test, as its description states them. */
public final class OscorePlugtest {
  private final JsonNode contexts;
  private final JsonNode resources;

  /** What {@code description} states in its members contexts and resources. */
  public OscorePlugtest(JsonNode description) {
    this.contexts = description.path("contexts");
    this.resources = description.path("resources");
  }

  /** The tests that several implementations ran against one another (TEST_0 to TEST_17). */
  public static OscorePlugtest standard() {
    try (InputStream file = OscorePlugtest.class.getResourceAsStream("plugtest.json")) {
      return new OscorePlugtest(new ObjectMapper().readTree(Objects.requireNonNull(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the resources, which do what takes time by {@code later}. */
  public void addTo(Router router, Later later) {
    resources.forEach(one -> router.add(new SpecifiedResource(one, later).resource()));
  }

  /** Fresh contexts for the server's role. */
  public List<SecurityContext> serverContexts() {
    List<SecurityContext> all = new ArrayList<>();
    contexts
        .properties()
        .forEach(
            member -> {
              if (member.getValue().path("role").asText().equals("server")) {
                all.add(context(parameters(member.getKey())));
              }
            });
    return all;
  }

  /**
   * The stated input of a context's derivation; the caller closes it.
   *
   * @throws IllegalArgumentException when no context has this name
   */
  public ContextParameters parameters(String name) {
    JsonNode context = contexts.path(name);
    if (!context.isObject()) {
      throw new IllegalArgumentException("there is no context " + name);
    }
    try (SecretBytes secret = SecretBytes.copyOf(octets(context, "master_secret").toArray())) {
      ContextParameters.Builder builder =
          ContextParameters.builder(
                  secret, octets(context, "sender_id"), octets(context, "recipient_id"))
              .masterSalt(octets(context, "master_salt"));
      if (context.path("id_context").isTextual()) {
        builder.idContext(octets(context, "id_context"));
      }
      return builder.build();
    }
  }

  /** A context that was never used before, from parameters that this closes. */
  public static SecurityContext context(ContextParameters parameters) {
    try (parameters) {
      return SecurityContext.derive(
          parameters,
          JdkCrypto.create(),
          InsecureVolatileReservations.start(0),
          SecurityContext.Provenance.FRESH);
    }
  }

  private static Bytes octets(JsonNode node, String member) {
    return Bytes.hex(node.path(member).asText(""));
  }

  /** Does something later. */
  @FunctionalInterface
  public interface Later {
    /** Runs {@code action} once, after {@code delay}. */
    void after(Duration delay, Runnable action);
  }
}
