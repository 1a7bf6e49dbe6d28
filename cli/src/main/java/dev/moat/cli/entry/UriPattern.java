package dev.moat.cli.entry;

import java.util.regex.Pattern;

/**
 * The keys of credentials files: URIs in which {@code *} stands for any characters, as with
 * aiocoap. In a path it also stands for slashes, so that {@code coap://host/*} is for every
 * resource of a host; before the path only at the end of the pattern: {@code coap://*.example/*} is
 * not for {@code coap://other.test/x.example/y}, whose host somebody else may have.
 */
public final class UriPattern {
  private static final String AUTHORITY = "://";

  private UriPattern() {}

  /** True when {@code uri} is one that {@code pattern} stands for. */
  public static boolean matches(String pattern, String uri) {
    int path = path(pattern);
    String[] parts = pattern.split("\\*", -1);
    StringBuilder expression = new StringBuilder();
    int star = -1;
    for (int i = 0; i < parts.length; i++) {
      boolean free = star >= path || star == pattern.length() - 1;
      expression.append(i == 0 ? "" : free ? ".*" : "[^/?#]*").append(Pattern.quote(parts[i]));
      star += parts[i].length() + 1;
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(uri).matches();
  }

  /** Where the path begins; the pattern's end when it has none. */
  private static int path(String pattern) {
    int authority = pattern.indexOf(AUTHORITY);
    int path = authority < 0 ? -1 : pattern.indexOf('/', authority + AUTHORITY.length());
    return path < 0 ? pattern.length() : path;
  }
}
