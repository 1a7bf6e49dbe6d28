package dev.moat.engine.resource;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resource for a path: at every segment a literal wins over a capture, and a capture over
 * a wildcard.
 *
 * <p>Immutable after construction; a change of the resources makes a new table. A look-up compares
 * octets and allocates nothing but the result.
 */
final class RoutingTable {
  private final Map<String, Resource> byTemplate;
  private final Node root = new Node();

  /** A table of {@code byTemplate}, in the order of addition. */
  RoutingTable(Map<String, Resource> byTemplate) {
    this.byTemplate = byTemplate;
    byTemplate.values().forEach(this::insert);
  }

  /** The resources in the order of addition. */
  List<Resource> resources() {
    return List.copyOf(byTemplate.values());
  }

  boolean has(String template) {
    return byTemplate.containsKey(template);
  }

  RoutingTable plus(Resource resource) {
    Map<String, Resource> more = new LinkedHashMap<>(byTemplate);
    more.put(resource.template(), resource);
    return new RoutingTable(more);
  }

  RoutingTable minus(String template) {
    Map<String, Resource> fewer = new LinkedHashMap<>(byTemplate);
    fewer.remove(template);
    return new RoutingTable(fewer);
  }

  /** The resource whose template matches the Uri-Path of {@code options}. */
  Optional<Resource> find(Options options) {
    int start = 0;
    while (start < options.size() && options.at(start).number() < OptionNumber.URI_PATH) {
      start++;
    }
    return Optional.ofNullable(find(root, options, start));
  }

  /** Goes at most as deep as the longest template, and visits each node at most once. */
  private static @Nullable Resource find(Node node, Options options, int index) {
    if (index == options.size() || options.at(index).number() != OptionNumber.URI_PATH) {
      return node.resource;
    }
    Bytes segment = options.at(index).value();
    if (isDots(segment)) {
      // RFC 7252, Section 5.10.1: no Uri-Path is "." or ".."; to a handler it could mean another
      // place.
      return null;
    }
    Resource found = null;
    Node literal = node.literals.get(segment);
    if (literal != null) {
      found = find(literal, options, index + 1);
    }
    if (found == null && node.capture != null) {
      found = find(node.capture, options, index + 1);
    }
    return found == null && node.wildcard != null && isPlain(options, index)
        ? node.wildcard
        : found;
  }

  /**
   * True when the rest of the path may be joined by slashes, as a wildcard does, and still mean the
   * same.
   */
  private static boolean isPlain(Options options, int start) {
    for (int i = start;
        i < options.size() && options.at(i).number() == OptionNumber.URI_PATH;
        i++) {
      Bytes segment = options.at(i).value();
      if (isDots(segment) || segment.toUtf8().indexOf('/') >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDots(Bytes segment) {
    int length = segment.length();
    return length > 0 && length <= 2 && segment.at(0) == '.' && segment.at(length - 1) == '.';
  }

  private void insert(Resource resource) {
    Node node = root;
    for (PathTemplate.Segment segment : resource.path().segments()) {
      switch (segment.kind()) {
        case LITERAL ->
            node = node.literals.computeIfAbsent(segment.literal(), literal -> new Node());
        case CAPTURE -> {
          if (node.capture == null) {
            node.capture = new Node();
          }
          node = node.capture;
        }
        case WILDCARD -> {
          node.wildcard = free(node.wildcard, resource);
          return;
        }
      }
    }
    node.resource = free(node.resource, resource);
  }

  private static Resource free(@Nullable Resource taken, Resource resource) {
    if (taken != null) {
      throw new IllegalArgumentException(
          resource.template() + " matches the same paths as " + taken.template());
    }
    return resource;
  }

  /** Written only while the table is built. */
  private static final class Node {
    private final Map<Bytes, Node> literals = new HashMap<>();
    private @Nullable Node capture;
    private @Nullable Resource wildcard;
    private @Nullable Resource resource;
  }
}
