package dev.moat.oscore.protect;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.UriFormatException;
import dev.moat.oscore.OscoreException;
import dev.moat.oscore.OscoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits Proxy-Uri, so that a proxy sees where to and not what for (RFC 8613, Section 4.1.3.3). */
final class ProxyUris {
  private ProxyUris() {}

  /**
   * The options with Proxy-Uri cut down to scheme, host and port, and its path and query as options
   * of their own. Uri options beside a Proxy-Uri do not count (RFC 7252, Section 5.10.2).
   */
  static Options split(Options options) throws OscoreException {
    Optional<Bytes> proxyUri = options.first(OptionNumber.PROXY_URI);
    if (proxyUri.isEmpty()) {
      return options;
    }
    CoapUri uri = parse(proxyUri.get());
    List<Option> split = new ArrayList<>(options.filter(number -> !isUri(number)).toList());
    split.add(Option.text(OptionNumber.PROXY_URI, authority(uri)));
    uri.path().forEach(segment -> split.add(Option.text(OptionNumber.URI_PATH, segment)));
    uri.query().forEach(argument -> split.add(Option.text(OptionNumber.URI_QUERY, argument)));
    return Options.of(split);
  }

  private static CoapUri parse(Bytes proxyUri) throws OscoreException {
    try {
      return CoapUri.parse(proxyUri.toUtf8());
    } catch (UriFormatException malformed) {
      throw new OscoreException(Reason.BAD_PROXY_URI, malformed);
    }
  }

  private static boolean isUri(int number) {
    return switch (number) {
      case OptionNumber.PROXY_URI,
          OptionNumber.URI_HOST,
          OptionNumber.URI_PORT,
          OptionNumber.URI_PATH,
          OptionNumber.URI_QUERY ->
          true;
      default -> false;
    };
  }

  /** {@code coap://example.com}, as the RFC's example has it: without a path, not even a slash. */
  private static String authority(CoapUri uri) {
    String text =
        new CoapUri(uri.scheme(), uri.host(), uri.port(), List.of(), List.of()).toString();
    return text.substring(0, text.length() - 1);
  }
}
