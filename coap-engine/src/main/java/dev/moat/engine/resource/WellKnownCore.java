package dev.moat.engine.resource;

import dev.moat.bytes.Bytes;
import dev.moat.coap.link.Link;
import dev.moat.coap.link.LinkFormat;
import dev.moat.coap.link.LinkQuery;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.ContentFormat;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /.well-known/core}: the links of a router's resources, those with captures and wildcards
 * excepted (RFC 6690, Section 4). Resources that are {@link Resource#securedOnly()} are listed only
 * to clients with security: nobody else may ask them.
 */
public final class WellKnownCore {
  /** Its path. */
  public static final String PATH = "/.well-known/core";

  /** How many filters one request may carry; each is tried on every link. */
  public static final int MAX_FILTERS = 8;

  private static final String NO_HOST = "coap://h";

  private static final Set<String> ONE_ATTRIBUTE = Set.of("rt", "if", "ct");

  private final Router router;

  private WellKnownCore(Router router) {
    this.router = router;
  }

  /**
   * The resource that lists {@code router}, to be added to it; what is added later is listed too.
   */
  public static Resource of(Router router) {
    WellKnownCore core = new WellKnownCore(router);
    return Resource.at(PATH).get(core::list).produces(ContentFormat.LINK_FORMAT);
  }

  private Response list(Request request) {
    List<String> filters = request.options().uriQuery();
    if (filters.size() > MAX_FILTERS) {
      return Refusal.because(Code.BAD_REQUEST, "at most " + MAX_FILTERS + " filters");
    }
    boolean secured = isSecured(request);
    List<Link> all =
        router.resources().stream()
            .filter(resource -> resource.path().isLiteral() && !resource.template().equals(PATH))
            .filter(resource -> secured || resource.policy().security() != Demand.EVERY_METHOD)
            .map(WellKnownCore::link)
            .toList();
    List<Link> found = LinkQuery.of(filters).select(all);
    if (found.isEmpty() && isMulticast(request)) {
      // Section 4.1: nobody answers a group that asks for something else; errors to groups stay
      // unsent.
      return Response.of(Code.NOT_FOUND);
    }
    return Response.of(Code.CONTENT)
        .with(Option.uint(OptionNumber.CONTENT_FORMAT, ContentFormat.LINK_FORMAT))
        .withPayload(Bytes.utf8(LinkFormat.write(found)));
  }

  private static boolean isSecured(Request request) {
    return request
        .context()
        .find(Arrival.KEY)
        .map(arrival -> arrival.security() != Arrival.Security.NONE)
        .orElse(false);
  }

  private static boolean isMulticast(Request request) {
    return request.context().find(Arrival.KEY).map(Arrival::multicast).orElse(false);
  }

  private static Link link(Resource resource) {
    Link link = Link.to(target(resource));
    for (Map.Entry<String, List<String>> attribute : resource.attributes().entrySet()) {
      for (String value : values(attribute)) {
        link =
            value.isEmpty() ? link.with(attribute.getKey()) : link.with(attribute.getKey(), value);
      }
    }
    return link;
  }

  /**
   * Several values of rt, if and ct stand in one attribute, separated by spaces (Section 3); other
   * attributes repeat (such as RFC 9668, Section 6).
   */
  private static List<String> values(Map.Entry<String, List<String>> attribute) {
    return ONE_ATTRIBUTE.contains(attribute.getKey())
        ? List.of(String.join(" ", attribute.getValue()))
        : attribute.getValue();
  }

  private static String target(Resource resource) {
    List<String> segments =
        resource.path().segments().stream().map(PathTemplate.Segment::name).toList();
    CoapUri uri = new CoapUri(Scheme.COAP, "h", Scheme.COAP.defaultPort(), segments, List.of());
    return uri.toString().substring(NO_HOST.length());
  }
}
