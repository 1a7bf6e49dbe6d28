package dev.moat.coap.uri;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.uri.UriFormatException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An absolute CoAP URI, taken apart and decoded (RFC 7252, Section 6).
 *
 * @param scheme the scheme
 * @param host a host name in lower case, an IPv4 address, or an IPv6 address without brackets,
 *     perhaps with {@code %zone}
 * @param port 1 to 65535
 * @param path the path segments; none for the path {@code /}
 * @param query the query arguments
 */
public record CoapUri(Scheme scheme, String host, int port, List<String> path, List<String> query) {

  private static final int MAX_OCTETS = 255;

  /**
   * Checks the parts; a lone empty segment is the path {@code /} and becomes none.
   *
   * @throws UriFormatException with the reason, at position 0
   */
  public CoapUri {
    host = host.toLowerCase(Locale.ROOT);
    path = path.equals(List.of("")) ? List.of() : List.copyOf(path);
    query = List.copyOf(query);
    check(!host.isEmpty(), Reason.EMPTY_HOST);
    check(port > 0 && port <= 0xffff, Reason.BAD_PORT);
    check(host.indexOf(':') < 0 || address(host).isPresent(), Reason.BAD_IP_LITERAL);
    check(fits(host), Reason.TOO_LONG);
    for (String segment : path) {
      check(!segment.equals(".") && !segment.equals(".."), Reason.DOT_SEGMENT);
      check(fits(segment), Reason.TOO_LONG);
    }
    for (String argument : query) {
      check(fits(argument), Reason.TOO_LONG);
    }
  }

  private static boolean fits(String text) {
    return text.length() <= MAX_OCTETS && Bytes.utf8(text).length() <= MAX_OCTETS;
  }

  private static void check(boolean rule, Reason reason) {
    if (!rule) {
      throw new UriFormatException(reason, 0);
    }
  }

  /**
   * Takes a URI apart (RFC 7252, Section 6.4, steps 1 to 4). Dot segments are resolved, also
   * percent-encoded ones.
   *
   * @throws UriFormatException with the reason and the position of what is wrong
   */
  public static CoapUri parse(String uri) {
    return new UriParser(uri).parse();
  }

  /**
   * The URI of a request (RFC 7252, Section 6.5).
   *
   * @param destinationHost host name or IP address it was sent to; counts when there is no Uri-Host
   * @param destinationPort port it was sent to; counts when there is no Uri-Port
   * @throws UriFormatException when the options form no URI
   */
  public static CoapUri of(
      Scheme scheme, String destinationHost, int destinationPort, Options options) {
    String host = options.first(OptionNumber.URI_HOST).map(Bytes::toUtf8).orElse(destinationHost);
    long port = options.uint(OptionNumber.URI_PORT).orElse(destinationPort);
    check(port <= 0xffff, Reason.BAD_PORT);
    return new CoapUri(
        scheme, unbracketed(host), (int) port, options.uriPath(), options.uriQuery());
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * The options of a request that is sent to this very host and port: no Uri-Port, Uri-Host only
   * for a name.
   */
  public Options options() {
    return options(port);
  }

  /**
   * The options of a request that is sent to {@code destinationPort} (RFC 7252, Section 6.4, steps
   * 5 to 9).
   */
  public Options options(int destinationPort) {
    List<Option> options = new ArrayList<>();
    if (address().isEmpty()) {
      options.add(Option.text(OptionNumber.URI_HOST, host));
    }
    if (port != destinationPort) {
      options.add(Option.uint(OptionNumber.URI_PORT, port));
    }
    path.forEach(segment -> options.add(Option.text(OptionNumber.URI_PATH, segment)));
    query.forEach(argument -> options.add(Option.text(OptionNumber.URI_QUERY, argument)));
    return Options.of(options);
  }

  /**
   * The 4 or 16 octets of the host when it is an IP address, so that no name needs to be resolved.
   */
  public Optional<Bytes> address() {
    return address(host);
  }

  /** The zone of a link-local IPv6 address (RFC 6874). */
  public Optional<String> zone() {
    int percent = host.indexOf(':') < 0 ? -1 : host.indexOf('%');
    return percent < 0 ? Optional.empty() : Optional.of(host.substring(percent + 1));
  }

  private static Optional<Bytes> address(String host) {
    int percent = host.indexOf('%');
    if (percent < 0) {
      return IpText.parse(host);
    }
    boolean zoned = host.indexOf(':') >= 0 && percent < host.length() - 1;
    return zoned ? IpText.parse(host.substring(0, percent)) : Optional.empty();
  }

  /** The URI as text, percent-encoded where needed; the default port is left out. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme.toString()).append("://");
    appendHost(text);
    if (port != scheme.defaultPort()) {
      text.append(':').append(port);
    }
    if (path.isEmpty()) {
      text.append('/');
    }
    for (String segment : path) {
      PercentCoding.encode(segment, PercentCoding.SEGMENT, text.append('/'));
    }
    for (int i = 0; i < query.size(); i++) {
      PercentCoding.encode(query.get(i), PercentCoding.ARGUMENT, text.append(i == 0 ? '?' : '&'));
    }
    return text.toString();
  }

  private void appendHost(StringBuilder text) {
    if (host.indexOf(':') < 0) {
      PercentCoding.encode(host, PercentCoding.HOST, text);
      return;
    }
    int percent = host.indexOf('%');
    text.append('[').append(host, 0, percent < 0 ? host.length() : percent);
    if (percent >= 0) {
      // RFC 6874, Section 2: the percent sign in front of a zone is itself percent-encoded.
      PercentCoding.encode(host.substring(percent + 1), PercentCoding.ZONE, text.append("%25"));
    }
    text.append(']');
  }
}
