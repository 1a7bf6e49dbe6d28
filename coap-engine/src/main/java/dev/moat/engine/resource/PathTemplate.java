package dev.moat.engine.resource;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A path whose segments are literal ({@code /lock}), captured ({@code /lock/{id}}), or, at the end,
 * any one or more segments ({@code /files/*}).
 */
final class PathTemplate {
  /** RFC 7252, Section 5.10. */
  private static final int MAX_SEGMENT_OCTETS = 255;

  private final String text;
  private final List<Segment> segments;
  private final boolean literal;

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
    this.literal = segments.stream().allMatch(segment -> segment.kind() == Kind.LITERAL);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when it does not start with a slash, a capture has no name or
   *     a name twice, or a wildcard is not at the end
   */
  static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path template starts with a slash: " + text);
    }
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (text.length() > 1) {
      for (String part : text.substring(1).split("/", -1)) {
        Segment segment = Segment.of(part);
        if (segment.kind() == Kind.CAPTURE && !names.add(segment.name())) {
          throw new IllegalArgumentException("two captures of one name in " + text);
        }
        segments.add(segment);
      }
    }
    for (int i = 0; i < segments.size() - 1; i++) {
      if (segments.get(i).kind() == Kind.WILDCARD) {
        throw new IllegalArgumentException("a wildcard stands at the end only: " + text);
      }
    }
    return new PathTemplate(text, List.copyOf(segments));
  }

  List<Segment> segments() {
    return segments;
  }

  /** True when one path only matches. */
  boolean isLiteral() {
    return literal;
  }

  /** What the captures of this template took from a path that matched. */
  PathParameters capture(Options options) {
    Map<String, String> values = new LinkedHashMap<>();
    int index = 0;
    for (Option option : options) {
      if (option.number() == OptionNumber.URI_PATH) {
        Segment segment = segments.get(Math.min(index++, segments.size() - 1));
        String value = option.value().toUtf8();
        if (segment.kind() == Kind.CAPTURE) {
          values.put(segment.name(), value);
        } else if (segment.kind() == Kind.WILDCARD) {
          values.merge(PathParameters.REST, value, (before, more) -> before + "/" + more);
        }
      }
    }
    return new PathParameters(values);
  }

  @Override
  public String toString() {
    return text;
  }

  enum Kind {
    LITERAL,
    CAPTURE,
    WILDCARD
  }

  /** One segment; {@code literal} is empty unless the segment is literal. */
  record Segment(Kind kind, String name, Bytes literal) {
    private static Segment of(String part) {
      if (part.equals("*")) {
        return new Segment(Kind.WILDCARD, PathParameters.REST, Bytes.empty());
      }
      if (part.startsWith("{") && part.endsWith("}")) {
        String name = part.substring(1, part.length() - 1);
        if (name.isEmpty()) {
          throw new IllegalArgumentException("a capture needs a name, such as {id}");
        }
        return new Segment(Kind.CAPTURE, name, Bytes.empty());
      }
      Bytes literal = Bytes.utf8(part);
      if (part.equals(".") || part.equals("..") || literal.length() > MAX_SEGMENT_OCTETS) {
        throw new IllegalArgumentException("no Uri-Path holds the segment " + part);
      }
      return new Segment(Kind.LITERAL, part, literal);
    }
  }
}
