package dev.moat.coap.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One link: a target and its attributes (RFC 6690, Section 2).
 *
 * @param target the URI reference between the angle brackets
 * @param attributes in order; names may repeat unless forbidden
 */
public record Link(String target, List<Attribute> attributes) {
  /** May stand only once in a link (RFC 6690, Section 3; RFC 7252, Section 7.2.1). */
  private static final Set<String> ONCE = Set.of("rt", "if", "sz", "ct");

  /**
   * Hold several values, separated by spaces (RFC 6690, Sections 2 and 4.1; RFC 7252, Section
   * 7.2.1).
   */
  private static final Set<String> LISTS = Set.of("rt", "if", "rel", "rev", "ct");

  /** Checks target and attributes as a reader would. */
  public Link {
    attributes = List.copyOf(attributes);
    for (int i = 0; i < target.length(); i++) {
      if (!LinkFormat.isTarget(target.charAt(i))) {
        throw new IllegalArgumentException("a link target holds no " + target.charAt(i));
      }
    }
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.get(i).name();
      if (isSecond(name, attributes.subList(0, i))) {
        throw new IllegalArgumentException("the attribute " + name + " stands twice");
      }
    }
  }

  /** A link without attributes. */
  public static Link to(String target) {
    return new Link(target, List.of());
  }

  /** This link and one more attribute. */
  public Link with(String name, String value) {
    return with(new Attribute(name, Optional.of(value)));
  }

  /** This link and one more attribute with a number, such as {@code ct} or {@code sz}. */
  public Link with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** This link and one more attribute without value, such as {@code obs}. */
  public Link with(String name) {
    return with(new Attribute(name, Optional.empty()));
  }

  private Link with(Attribute attribute) {
    List<Attribute> grown = new ArrayList<>(attributes);
    grown.add(attribute);
    return new Link(target, grown);
  }

  /** True when {@code name} may stand once only and is among {@code earlier} already. */
  static boolean isSecond(String name, List<Attribute> earlier) {
    return ONCE.contains(name) && earlier.stream().anyMatch(one -> one.name().equals(name));
  }

  /** True when an attribute of this name is there, with or without value. */
  public boolean has(String name) {
    return attributes.stream().anyMatch(attribute -> attribute.name().equals(name));
  }

  /** The value of the first attribute of this name, empty text when it has none. */
  public Optional<String> attribute(String name) {
    for (Attribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        return Optional.of(attribute.value().orElse(""));
      }
    }
    return Optional.empty();
  }

  /**
   * All values of this name; those of {@code rt}, {@code if}, {@code rel}, {@code rev}, {@code ct}
   * are split at spaces.
   */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        String value = attribute.value().orElse("");
        values.addAll(LISTS.contains(name) ? List.of(value.split(" +")) : List.of(value));
      }
    }
    return values;
  }

  /** The link in the CoRE Link Format. */
  @Override
  public String toString() {
    return LinkFormat.write(List.of(this));
  }

  /**
   * One attribute.
   *
   * @param name in lower case by convention; never {@code href}
   * @param value the text without quotes; empty when only the name stands there
   */
  public record Attribute(String name, Optional<String> value) {
    /** Checks the name. */
    public Attribute {
      if (name.toLowerCase(Locale.ROOT).equals("href") || !LinkFormat.isName(name)) {
        throw new IllegalArgumentException("not the name of a link attribute: " + name);
      }
    }
  }
}
