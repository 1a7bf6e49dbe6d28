package dev.moat.oscore.rekey;

import dev.moat.bytes.Bytes;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Service;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.UriFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a request gets to its server through a forward proxy (RFC 7252, Section 5.7.2). The messages
 * that establish its context have to go the same way: the proxy would take others for its own.
 */
final class Way {
  private Way() {}

  /** {@code next}, for messages to the server of {@code request}. */
  static Service<Request, Outcome> of(Request request, Service<Request, Outcome> next) {
    List<Option> way = options(request.options());
    return way.isEmpty() ? next : message -> next.handle(along(message, way));
  }

  private static List<Option> options(Options options) {
    Optional<Bytes> proxyUri = options.first(OptionNumber.PROXY_URI);
    if (proxyUri.isPresent()) {
      return options(proxyUri.get());
    }
    return options.has(OptionNumber.PROXY_SCHEME) ? options.filter(Way::leads).toList() : List.of();
  }

  /** A Proxy-Uri that cannot be taken apart leads nowhere; its own request will be refused. */
  private static List<Option> options(Bytes proxyUri) {
    try {
      CoapUri uri = CoapUri.parse(proxyUri.toUtf8());
      List<Option> way = new ArrayList<>();
      // An address, too: it is not where the proxy is.
      String host = uri.host().indexOf(':') < 0 ? uri.host() : "[" + uri.host() + "]";
      way.add(Option.text(OptionNumber.URI_HOST, host));
      if (uri.port() != uri.scheme().defaultPort()) {
        way.add(Option.uint(OptionNumber.URI_PORT, uri.port()));
      }
      way.add(Option.text(OptionNumber.PROXY_SCHEME, uri.scheme().toString()));
      return way;
    } catch (UriFormatException malformed) {
      return List.of();
    }
  }

  private static boolean leads(int number) {
    return number == OptionNumber.PROXY_SCHEME
        || number == OptionNumber.URI_HOST
        || number == OptionNumber.URI_PORT;
  }

  private static Request along(Request message, List<Option> way) {
    return message.withOptions(
        Options.of(Stream.concat(message.options().toList().stream(), way.stream()).toList()));
  }
}
