package dev.moat.coap.uri;

import dev.moat.coap.uri.UriFormatException.Reason;
import java.util.ArrayList;
import java.util.List;

/** Takes one URI apart, from left to right. Owned by one call. */
final class UriParser {
  private final String uri;

  UriParser(String uri) {
    this.uri = uri;
  }

  CoapUri parse() {
    int colon = uri.indexOf(':');
    if (colon <= 0 || !uri.startsWith("://", colon)) {
      throw new UriFormatException(Reason.NOT_ABSOLUTE, 0);
    }
    Scheme scheme =
        Scheme.of(uri.substring(0, colon))
            .orElseThrow(() -> new UriFormatException(Reason.UNKNOWN_SCHEME, 0));
    if (uri.indexOf('#') >= 0) {
      throw new UriFormatException(Reason.FRAGMENT, uri.indexOf('#'));
    }
    int hostStart = colon + 3;
    int pathStart = firstOf("/?", hostStart);
    if (uri.substring(hostStart, pathStart).indexOf('@') >= 0) {
      throw new UriFormatException(Reason.USER_INFORMATION, uri.indexOf('@'));
    }
    int hostEnd = hostEnd(hostStart, pathStart);
    String host = host(hostStart, hostEnd);
    int port = port(hostEnd, pathStart, scheme.defaultPort());
    int queryStart = firstOf("?", pathStart);
    return new CoapUri(scheme, host, port, path(pathStart, queryStart), query(queryStart));
  }

  /** Index of the first of {@code characters} at or behind {@code from}, or the end. */
  private int firstOf(String characters, int from) {
    int index = from;
    while (index < uri.length() && characters.indexOf(uri.charAt(index)) < 0) {
      index++;
    }
    return index;
  }

  private int hostEnd(int start, int end) {
    if (start == end || uri.charAt(start) == ':') {
      throw new UriFormatException(Reason.EMPTY_HOST, start);
    }
    if (uri.charAt(start) != '[') {
      return Math.min(end, firstOf(":", start));
    }
    int bracket = uri.indexOf(']', start);
    if (bracket < 0 || bracket > end) {
      throw new UriFormatException(Reason.BAD_IP_LITERAL, start);
    }
    return bracket + 1;
  }

  private String host(int start, int end) {
    if (uri.charAt(start) != '[') {
      return PercentCoding.decode(uri, start, end, PercentCoding.HOST);
    }
    String literal = uri.substring(start + 1, end - 1);
    int percent = literal.indexOf('%');
    String address = percent < 0 ? literal : literal.substring(0, percent);
    if (address.indexOf(':') < 0 || IpText.parse(address).isEmpty()) {
      throw new UriFormatException(Reason.BAD_IP_LITERAL, start);
    }
    return percent < 0 ? address : address + "%" + zone(start + 1 + percent, end - 1);
  }

  /** RFC 6874, Section 2: {@code %25} and the zone; Section 3 lets a bare percent sign pass. */
  private String zone(int percent, int end) {
    int start = uri.startsWith("%25", percent) && percent + 3 < end ? percent + 3 : percent + 1;
    if (start == end) {
      throw new UriFormatException(Reason.BAD_IP_LITERAL, percent);
    }
    return PercentCoding.decode(uri, start, end, PercentCoding.ZONE);
  }

  private int port(int hostEnd, int end, int defaultPort) {
    // RFC 3986, Section 6.2.3: "host:" is "host".
    if (hostEnd == end || uri.substring(hostEnd, end).equals(":")) {
      return defaultPort;
    }
    int port = uri.charAt(hostEnd) == ':' ? number(hostEnd + 1, end) : 0;
    if (port < 1 || port > 0xffff) {
      throw new UriFormatException(Reason.BAD_PORT, hostEnd);
    }
    return port;
  }

  /** A decimal number, -1 when it is none or far too large. */
  private int number(int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      int digit = uri.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > 0xffff) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * RFC 7252, Section 6.4, step 8, after the dot segments are resolved (RFC 3986, Section 5.2.4).
   */
  private List<String> path(int start, int end) {
    List<String> segments = new ArrayList<>();
    int slash = start;
    while (slash < end) {
      int next = Math.min(end, firstOf("/", slash + 1));
      String segment = PercentCoding.decode(uri, slash + 1, next, PercentCoding.SEGMENT);
      boolean last = next == end;
      if (segment.equals("..") && !segments.isEmpty()) {
        segments.remove(segments.size() - 1);
      }
      if (!segment.equals(".") && !segment.equals("..")) {
        segments.add(segment);
      } else if (last) {
        segments.add("");
      }
      slash = next;
    }
    return segments;
  }

  /** RFC 7252, Section 6.4, step 9. */
  private List<String> query(int start) {
    List<String> arguments = new ArrayList<>();
    int separator = start;
    while (separator < uri.length()) {
      int next = firstOf("&", separator + 1);
      arguments.add(PercentCoding.decode(uri, separator + 1, next, PercentCoding.QUERY));
      separator = next;
    }
    return arguments;
  }
}
