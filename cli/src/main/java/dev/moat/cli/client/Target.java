package dev.moat.cli.client;

import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.coap.uri.UriFormatException;
import java.util.List;
import java.util.Optional;

/**
 * Which resource is meant, and where messages for it go.
 *
 * @param uri the URI as the user wrote it
 * @param origin the URI without path and query, for advice
 * @param destination the origin server, or the proxy
 * @param options the options that stand for the URI (RFC 7252, Sections 6.4 and 5.10.2)
 */
record Target(String uri, String origin, Destination destination, Options options) {
  /**
   * The resource at {@code uri}, asked for directly.
   *
   * @throws IllegalArgumentException when it is no URI that can be asked; the message says why
   */
  static Target direct(String uri) {
    CoapUri parsed = parse(uri);
    return new Target(uri, origin(parsed), destination(parsed), parsed.options());
  }

  /**
   * The resource at {@code uri}, asked for through a forward-proxy.
   *
   * @throws IllegalArgumentException when one of the two is no URI that can be asked
   */
  static Target through(String proxy, String uri) {
    CoapUri via = parse(proxy.contains("://") ? proxy : "coap://" + proxy);
    if (wantsSecurity(uri) && !via.scheme().isSecured()) {
      throw new IllegalArgumentException(
          "-P " + via.scheme() + " would carry a request for " + uri + " in clear");
    }
    Options options = Options.of(Option.text(OptionNumber.PROXY_URI, uri));
    return new Target(uri, origin(via), destination(via), options);
  }

  /** What is behind a proxy need not be CoAP. */
  private static boolean wantsSecurity(String uri) {
    return Scheme.of(uri.substring(0, Math.max(0, uri.indexOf("://"))))
        .map(Scheme::isSecured)
        .orElse(false);
  }

  /**
   * The URI of /.well-known/core on the host of {@code uri}, with its query as filter (RFC 6690,
   * Section 4).
   *
   * @throws IllegalArgumentException when it is no URI that can be asked
   */
  static String wellKnown(String uri) {
    CoapUri parsed = parse(uri);
    return new CoapUri(
            parsed.scheme(),
            parsed.host(),
            parsed.port(),
            List.of(".well-known", "core"),
            parsed.query())
        .toString();
  }

  private static CoapUri parse(String uri) {
    checkScheme(uri);
    try {
      return CoapUri.parse(uri);
    } catch (UriFormatException e) {
      throw new IllegalArgumentException("'" + uri + "': " + e.getMessage(), e);
    }
  }

  private static void checkScheme(String uri) {
    int end = uri.indexOf("://");
    if (end < 0) {
      throw new IllegalArgumentException(
          "'" + uri + "' is no absolute URI; did you mean coap://" + uri + " ?");
    }
    String scheme = uri.substring(0, end);
    Optional<Scheme> known = Scheme.of(scheme);
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          scheme
              + ":// is no CoAP scheme; write coap, coaps, coap+tcp, coaps+tcp, coap+ws or coaps+ws"
              + "://host[:port]/path");
    }
  }

  private static Destination destination(CoapUri uri) {
    return new Destination(uri.scheme(), uri.host(), uri.port());
  }

  private static String origin(CoapUri uri) {
    String host = uri.host().contains(":") ? "[" + uri.host() + "]" : uri.host();
    boolean usual = uri.port() == uri.scheme().defaultPort();
    return uri.scheme() + "://" + host + (usual ? "" : ":" + uri.port());
  }
}
