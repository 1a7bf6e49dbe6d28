package dev.moat.engine.resource;

import dev.moat.bytes.CanIgnoreReturnValue;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Hands each request to the resource at its path; literal segments win over captures, captures over
 * wildcards. Uri-Host and Uri-Port are accepted as they are: a Moat server is one virtual host.
 *
 * <p>May be shared between event loops: the table is replaced as a whole.
 */
public final class Router implements Service<Request, Reply> {
  /** How many resources requests may create at run time, unless configured. */
  public static final int DEFAULT_CREATED_CAPACITY = 256;

  private final EventSink events;
  private final HandlerGuard guard;
  private final int createdCapacity;
  private final Cell<Routes> routes = new Cell<>(new Routes(new RoutingTable(Map.of()), List.of()));

  /** No resources yet; at most {@link #DEFAULT_CREATED_CAPACITY} of them created at run time. */
  public Router(EventSink events) {
    this(events, DEFAULT_CREATED_CAPACITY);
  }

  /** No resources yet; at most {@code createdCapacity} of them created at run time. */
  public Router(EventSink events, int createdCapacity) {
    this.events = events;
    this.guard = new HandlerGuard(events);
    this.createdCapacity = createdCapacity;
  }

  /** A router of {@code resources} that tells nobody of opt-outs and failures. */
  public static Router of(Resource... resources) {
    Router router = new Router(EventSink.NONE);
    for (Resource resource : resources) {
      router.add(resource);
    }
    return router;
  }

  /**
   * Adds a resource that the application itself offers; tells its opt-outs.
   *
   * @throws IllegalArgumentException when another resource matches the same paths
   */
  @CanIgnoreReturnValue
  public Router add(Resource resource) {
    var unused =
        routes.change(now -> new Routes(now.table().plus(checked(now, resource)), now.created()));
    tellOptOuts(resource);
    return this;
  }

  /**
   * Adds a resource on a client's behalf, such as POST /create; tells its opt-outs.
   *
   * @return false when the path is taken or the capacity for such resources is reached
   */
  public boolean create(Resource resource) {
    Routes before = routes.now();
    while (before.created().size() < createdCapacity && !before.table().has(resource.template())) {
      Routes after =
          new Routes(before.table().plus(resource), before.createdPlus(resource.template()));
      if (routes.replace(before, after)) {
        tellOptOuts(resource);
        return true;
      }
      before = routes.now();
    }
    return false;
  }

  /**
   * Takes the resource with this very template away.
   *
   * @return false when there was none
   */
  public boolean remove(String template) {
    Routes before =
        routes.change(now -> new Routes(now.table().minus(template), now.createdMinus(template)));
    return before.table().has(template);
  }

  /** All resources in the order of their addition. */
  public List<Resource> resources() {
    return routes.now().table().resources();
  }

  /** The resource at the path of {@code request}. */
  public Optional<Resource> find(Request request) {
    return routes.now().table().find(request.options());
  }

  /** The policy of the resource at the path of {@code request}; without a resource, no demands. */
  public ResourcePolicy policyFor(Request request) {
    return find(request).map(Resource::policy).orElse(ResourcePolicy.OPEN);
  }

  /** Why no handler can take {@code request}: 5.05, 4.04 or 4.05. */
  public Optional<Response> refusalFor(Request request) {
    return refusalFor(request, find(request));
  }

  @Override
  public CompletionStage<Reply> handle(Request request) {
    Optional<Resource> found = find(request);
    Optional<Response> refusal = refusalFor(request, found);
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(Reply.of(refusal.get()));
    }
    Resource resource = found.orElseThrow();
    CompletionStage<Reply> answer =
        guard.run(resource.template(), withParameters(request, resource), r -> serve(resource, r));
    return request.options().has(OptionNumber.ACCEPT)
        ? answer.thenApply(reply -> reply.map(r -> Negotiation.asAccepted(request, r)))
        : answer;
  }

  private static CompletionStage<Reply> serve(Resource resource, Request request) {
    Optional<Response> answer = resource.contents().check(request);
    if (answer.isPresent()) {
      return CompletableFuture.completedFuture(Reply.of(answer.get()));
    }
    return resource.handler(request.method()).orElseThrow().handle(request);
  }

  private static Request withParameters(Request request, Resource resource) {
    return resource.path().isLiteral()
        ? request
        : request.withFact(PathParameters.KEY, resource.path().capture(request.options()));
  }

  /** {@link #refusalFor(Request)} when the resource is found already. */
  static Optional<Response> refusalFor(Request request, Optional<Resource> found) {
    if (request.options().has(OptionNumber.PROXY_URI)
        || request.options().has(OptionNumber.PROXY_SCHEME)) {
      // RFC 7252, Section 5.10.2: an endpoint that is no forward-proxy.
      return Optional.of(Refusal.because(Code.PROXYING_NOT_SUPPORTED, "this is no proxy"));
    }
    if (found.isEmpty()) {
      return Optional.of(Refusal.because(Code.NOT_FOUND, "no such resource"));
    }
    Resource resource = found.get();
    return resource.handler(request.method()).isPresent()
        ? Optional.empty()
        : Optional.of(Refusal.because(Code.METHOD_NOT_ALLOWED, "allowed: " + allowed(resource)));
  }

  private static String allowed(Resource resource) {
    return resource.methods().stream().map(Code::title).collect(Collectors.joining(", "));
  }

  private static Resource checked(Routes now, Resource resource) {
    if (now.table().has(resource.template())) {
      throw new IllegalArgumentException(resource.template() + " is there already");
    }
    return resource;
  }

  private void tellOptOuts(Resource resource) {
    for (OptOut optOut : resource.optOuts()) {
      events.emit(new ResourceEvent.PolicyRelaxed(resource.template(), optOut));
    }
  }

  /** What is replaced as a whole; {@code created} are the templates of run-time resources. */
  private record Routes(RoutingTable table, List<String> created) {
    List<String> createdPlus(String template) {
      List<String> more = new ArrayList<>(created);
      more.add(template);
      return more;
    }

    List<String> createdMinus(String template) {
      return created.stream().filter(name -> !name.equals(template)).toList();
    }
  }
}
