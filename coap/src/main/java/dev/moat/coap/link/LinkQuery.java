package dev.moat.coap.link;

import java.util.List;

/**
 * The filters of a discovery request (RFC 6690, Section 4.1), from its decoded Uri-Query options.
 *
 * <p>Each option is {@code name=value}; a value ending in a star is a prefix. The RFC defines one
 * filter; several must all match. A name without value asks only that the attribute exists.
 */
public final class LinkQuery {
  private final List<String> filters;

  private LinkQuery(List<String> filters) {
    this.filters = filters;
  }

  /** The filters in Uri-Query options. */
  public static LinkQuery of(List<String> uriQuery) {
    return new LinkQuery(List.copyOf(uriQuery));
  }

  /** True when there is no filter, so that every link matches. */
  public boolean isEmpty() {
    return filters.isEmpty();
  }

  /**
   * The links that match, in order. A group request that matches none is not answered (Section
   * 4.1).
   */
  public List<Link> select(List<Link> links) {
    return links.stream().filter(this::matches).toList();
  }

  /** True when {@code link} passes every filter. */
  public boolean matches(Link link) {
    return filters.stream().allMatch(filter -> matches(link, filter));
  }

  private static boolean matches(Link link, String filter) {
    int equals = filter.indexOf('=');
    if (equals < 0) {
      return link.has(filter);
    }
    String name = filter.substring(0, equals);
    String wanted = filter.substring(equals + 1);
    List<String> values = name.equals("href") ? List.of(link.target()) : link.values(name);
    if (wanted.endsWith("*")) {
      String prefix = wanted.substring(0, wanted.length() - 1);
      return values.stream().anyMatch(value -> value.startsWith(prefix));
    }
    return values.contains(wanted);
  }
}
