package dev.moat.engine.resource;

import dev.moat.coap.service.Context;
import dev.moat.coap.service.Request;
import java.util.Map;
import java.util.Optional;

/**
 * What the captures of a path template took from the request's path.
 *
 * @param values by the capture's name; the segments that a trailing wildcard took, joined by
 *     slashes, under {@link #REST}
 */
public record PathParameters(Map<String, String> values) {
  /** The name of what a trailing wildcard took. */
  public static final String REST = "*";

  /** Where a handler finds them. */
  public static final Context.Key<PathParameters> KEY = new Context.Key<>("path parameters");

  /** Copies the values. */
  public PathParameters {
    values = Map.copyOf(values);
  }

  /**
   * The value that {@code name} took from the path of {@code request}.
   *
   * @throws IllegalArgumentException when the template of the resource has no such capture
   */
  public static String of(Request request, String name) {
    Optional<String> value =
        request.context().find(KEY).flatMap(p -> Optional.ofNullable(p.values().get(name)));
    return value.orElseThrow(
        () -> new IllegalArgumentException("the path template has no capture {" + name + "}"));
  }
}
