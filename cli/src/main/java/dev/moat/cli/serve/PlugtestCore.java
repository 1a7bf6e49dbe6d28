package dev.moat.cli.serve;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.option.Options;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import dev.moat.engine.resource.Resource;
import dev.moat.engine.resource.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The resources of TD_COAP_CORE and TD_COAP_LINK. */
final class PlugtestCore {
  /** Why none of these is an actuator. */
  static final String HARMLESS = "a plugtest resource: it keeps octets and moves nothing";

  /** Longer than a server may hold back an acknowledgement. */
  private static final Duration SEPARATE_DELAY = Duration.ofMillis(1500);

  private final Timers timers;

  PlugtestCore(Timers timers) {
    this.timers = timers;
  }

  void addTo(Router router) {
    List.of(test(), separate(), longPath(), query(), locationQuery(), multiFormat(), validate())
        .forEach(router::add);
    List.of("create1", "create2", "create3").forEach(name -> router.add(create(name)));
    links(router);
    path(router);
  }

  /** TD_COAP_CORE_01 to 08, 10, 12, 18. */
  private static Resource test() {
    Stored content = new Stored(Bodies.text("the test resource"));
    return Resource.at("/test")
        .title("Default test resource")
        .notAnActuator(HARMLESS)
        .get(content::read)
        .put(PlugtestCore::accept)
        .post(request -> Bodies.createdAt("location1", "location2", "location3"))
        .delete(request -> Response.of(Code.DELETED));
  }

  /** The tests want 2.04 or 2.01, and a resource that is there for the next test. */
  private static Response accept(Request request) {
    return Response.of(Code.CHANGED);
  }

  /** TD_COAP_CORE_09, 11, 16, 17. */
  private Resource separate() {
    return Resource.at("/separate")
        .title("Resource which cannot be served immediately")
        .on(Code.GET, later(request -> Bodies.text("took its time")));
  }

  /** Answers so late that the acknowledgement cannot wait (RFC 7252, Section 5.2.2). */
  Service<Request, Reply> later(Function<Request, Response> handler) {
    return request -> {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      timers.after(
          SEPARATE_DELAY,
          () -> {
            boolean unused = reply.complete(Reply.of(handler.apply(request)));
          });
      return reply;
    };
  }

  /** TD_COAP_CORE_13. */
  private static Resource longPath() {
    return Resource.at("/seg1/seg2/seg3")
        .title("Long path resource")
        .get(request -> Bodies.text("seg1, seg2, seg3"));
  }

  /** TD_COAP_CORE_14. */
  private static Resource query() {
    return Resource.at("/query")
        .title("Resource accepting query parameters")
        .get(
            request ->
                Bodies.text("query: " + String.join("\n       ", request.options().uriQuery())));
  }

  /** TD_COAP_CORE_19. */
  private static Resource locationQuery() {
    Options location =
        Options.of(
            Option.text(OptionNumber.LOCATION_QUERY, "first=1"),
            Option.text(OptionNumber.LOCATION_QUERY, "second=2"));
    return Resource.at("/location-query")
        .title("Perform POST transaction with responses containing several Location-Query options")
        .notAnActuator(HARMLESS)
        .post(request -> Response.of(Code.CREATED).withOptions(location));
  }

  /** TD_COAP_CORE_20. */
  private static Resource multiFormat() {
    return Resource.at("/multi-format")
        .title("Resource that exists in different content formats")
        .produces(Formats.TEXT, Formats.XML)
        .get(
            request ->
                request.options().uint(OptionNumber.ACCEPT).orElse(Formats.TEXT) == Formats.XML
                    ? Bodies.content(Bytes.utf8("<status>multi-format</status>"), Formats.XML)
                    : Bodies.text("status: multi-format"));
  }

  /** TD_COAP_CORE_21 and 22. */
  private static Resource validate() {
    Stored content = new Stored(Bodies.text("validate me"));
    return Resource.at("/validate")
        .title("Resource which varies")
        .notAnActuator(HARMLESS)
        .entityTag(content::entityTag)
        .get(content::read)
        .put(content::write);
  }

  /** TD_COAP_CORE_23. */
  private static Resource create(String name) {
    Stored content = new Stored();
    return Resource.at("/" + name)
        .title("Resource which does not exist yet")
        .notAnActuator(HARMLESS)
        .entityTag(content::entityTag)
        .get(content::read)
        .put(content::write)
        .delete(content::delete);
  }

  /** TD_COAP_LINK_02 to 08: three types and three interfaces in the groups that the tests name. */
  private static void links(Router router) {
    router.add(link("/link1").type("Type1").type("Type2").interfaceDescription("If1"));
    router.add(link("/link2").type("Type2").type("Type3").interfaceDescription("If2"));
    router.add(link("/link3").type("Type1").type("Type3").interfaceDescription("foo"));
  }

  private static Resource link(String path) {
    return Resource.at(path).title("Link test resource").get(request -> Bodies.text(path));
  }

  /** TD_COAP_LINK_09: a resource that lists those below it. */
  private static void path(Router router) {
    List<String> below = List.of("/path/sub1", "/path/sub2", "/path/sub3");
    String listing = "<" + String.join(">,<", below) + ">";
    router.add(
        Resource.at("/path")
            .title("Hierarchical link description entry")
            .produces(Formats.LINK_FORMAT)
            .get(request -> Bodies.content(Bytes.utf8(listing), Formats.LINK_FORMAT)));
    below.forEach(
        sub ->
            router.add(
                Resource.at(sub)
                    .title("Hierarchical link description sub-resource")
                    .get(request -> Bodies.text(sub))));
  }
}
