package dev.moat.engine.resource;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.coap.service.Service;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A path, its methods, its link attributes and its policy. Immutable: every step of the fluent form
 * gives a new value.
 *
 * <pre>{@code
 * Resource.at("/lock").title("front door").get(lock::read).put(lock::turn).freshFor(Duration.ofSeconds(3))
 * }</pre>
 *
 * <p>A resource with an unsafe method is an actuator (see {@link ResourcePolicy}) unless {@link
 * #notAnActuator} says why it is not. Whatever makes the policy laxer takes a reason, which is told
 * to the operator once.
 */
public final class Resource {
  private final PathTemplate path;
  private final Map<Code, Service<Request, Reply>> methods;
  private final LinkAttributes attributes;
  private final PolicyStance stance;
  private final Contents contents;
  private final ResourcePolicy policy;

  private Resource(
      PathTemplate path,
      Map<Code, Service<Request, Reply>> methods,
      LinkAttributes attributes,
      PolicyStance stance,
      Contents contents) {
    this.path = path;
    this.methods = methods;
    this.attributes = attributes;
    this.stance = stance;
    this.contents = contents;
    this.policy = stance.policy(methods.keySet().stream().anyMatch(method -> !method.isSafe()));
  }

  /**
   * A resource without methods. Segments of {@code template} are literal, {@code {name}} (one
   * segment, see {@link PathParameters}), or at the end {@code *} (one or more segments).
   *
   * @throws IllegalArgumentException when the template is malformed
   */
  public static Resource at(String template) {
    return new Resource(
        PathTemplate.parse(template),
        Map.of(),
        LinkAttributes.NONE,
        PolicyStance.DEFAULT,
        Contents.UNDECLARED);
  }

  /** Answers GET at once. */
  public Resource get(Function<Request, Response> handler) {
    return on(Code.GET, now(handler));
  }

  /** Answers POST at once. */
  public Resource post(Function<Request, Response> handler) {
    return on(Code.POST, now(handler));
  }

  /** Answers PUT at once. */
  public Resource put(Function<Request, Response> handler) {
    return on(Code.PUT, now(handler));
  }

  /** Answers DELETE at once. */
  public Resource delete(Function<Request, Response> handler) {
    return on(Code.DELETE, now(handler));
  }

  /** Answers FETCH at once. */
  public Resource fetch(Function<Request, Response> handler) {
    return on(Code.FETCH, now(handler));
  }

  /** Answers PATCH at once. */
  public Resource patch(Function<Request, Response> handler) {
    return on(Code.PATCH, now(handler));
  }

  /** Answers iPATCH at once. */
  public Resource ipatch(Function<Request, Response> handler) {
    return on(Code.IPATCH, now(handler));
  }

  /**
   * Answers {@code method}, perhaps later and perhaps with notifications.
   *
   * @throws IllegalArgumentException when {@code method} is not a request method
   */
  public Resource on(Code method, Service<Request, Reply> handler) {
    if (!method.isRequest()) {
      throw new IllegalArgumentException(method + " is not a request method");
    }
    Map<Code, Service<Request, Reply>> more = new LinkedHashMap<>(methods);
    more.put(method, handler);
    return new Resource(path, more, attributes, stance, contents);
  }

  /** Answers GET with {@code state} and lets clients observe it (RFC 7641). */
  public Resource observable(ObservableState state) {
    return on(Code.GET, request -> CompletableFuture.completedFuture(state.reply(request)))
        .attribute("obs", "");
  }

  /**
   * One more link attribute (RFC 6690, Section 3); an empty value stands for a flag such as {@code
   * obs}.
   */
  public Resource attribute(String name, String value) {
    return new Resource(path, methods, attributes.plus(name, value), stance, contents);
  }

  /** One more resource type, {@code rt}. */
  public Resource type(String value) {
    return attribute("rt", value);
  }

  /** One more interface description, {@code if}. */
  public Resource interfaceDescription(String value) {
    return attribute("if", value);
  }

  /** The title for people. */
  public Resource title(String value) {
    return new Resource(path, methods, attributes.with("title", value), stance, contents);
  }

  /** The size that an answer is expected to have, {@code sz}. */
  public Resource sizeOctets(int octets) {
    return new Resource(
        path, methods, attributes.with("sz", Integer.toString(octets)), stance, contents);
  }

  /** The Content-Formats of answers: any other Accept gets 4.06. They become {@code ct}. */
  public Resource produces(Integer... formats) {
    LinkAttributes declared = attributes;
    for (Integer format : formats) {
      declared = declared.plus("ct", format.toString());
    }
    Contents more = contents.withProduces(List.copyOf(Arrays.asList(formats)));
    return new Resource(path, methods, declared, stance, more);
  }

  /** The Content-Formats of bodies: any other gets 4.15. */
  public Resource consumes(Integer... formats) {
    return with(contents.withConsumes(List.copyOf(Arrays.asList(formats))));
  }

  /**
   * Lets the router check If-Match, If-None-Match (4.12) and ETag (2.03) before the handler runs.
   * Without this and {@link #handlesPreconditions()} such conditions are refused with 4.02.
   *
   * @param current the entity tag of the current representation; empty when there is none yet
   */
  public Resource entityTag(Function<Request, Optional<Bytes>> current) {
    return with(contents.withEntityTag(current));
  }

  /** Declares that the handlers themselves honour If-Match and If-None-Match. */
  public Resource handlesPreconditions() {
    return with(contents.withOwnPreconditions());
  }

  /** Declares that the unsafe methods move nothing: no demand of an actuator applies. */
  public Resource notAnActuator(String reason) {
    return with(stance.declaredHarmless(new OptOut("not an actuator", reason)));
  }

  /** Unsafe requests prove by Echo that they are at most this old. */
  public Resource freshFor(Duration window) {
    return with(stance.stricter(p -> p.withFreshness(Demand.UNSAFE_METHODS, window.toNanos())));
  }

  /** Takes unsafe requests of any age. */
  public Resource withoutFreshness(String reason) {
    return with(
        stance.laxer(
            new OptOut("takes delayed requests", reason),
            p -> p.withFreshness(Demand.NEVER, p.freshnessWindowNanos())));
  }

  /** Every method demands a security association. */
  public Resource securedOnly() {
    return with(stance.stricter(p -> p.withSecurity(Demand.EVERY_METHOD)));
  }

  /** No method demands a security association. */
  public Resource allowUnsecured(String reason) {
    return with(
        stance.laxer(
            new OptOut("acts without security", reason), p -> p.withSecurity(Demand.NEVER)));
  }

  /**
   * Declares that this resource is where clients without security get it, such as by EDHOC: even a
   * server that demands security on every resource takes unprotected requests here.
   */
  public Resource establishesSecurity(String reason) {
    return with(
        stance.laxer(
            new OptOut("establishes security", reason), ResourcePolicy::withEstablishedSecurity));
  }

  /** Every method demands a confirmable message. */
  public Resource confirmableOnly() {
    return with(stance.stricter(p -> p.withConfirmable(Demand.EVERY_METHOD)));
  }

  /** No method demands a confirmable message. */
  public Resource allowNonConfirmable(String reason) {
    return with(
        stance.laxer(
            new OptOut("acts on non-confirmable messages", reason),
            p -> p.withConfirmable(Demand.NEVER)));
  }

  /** Bodies of several blocks need no Request-Tag. */
  public Resource allowUntaggedBlocks(String reason) {
    return with(
        stance.laxer(
            new OptOut("joins blocks without a Request-Tag", reason),
            p -> p.withRequestTag(Demand.NEVER)));
  }

  /** The template as it was given. */
  public String template() {
    return path.toString();
  }

  /** What requests must fulfil. */
  public ResourcePolicy policy() {
    return policy;
  }

  /** The demands that were given up. */
  public List<OptOut> optOuts() {
    return stance.optOuts();
  }

  /** The link attributes in the order of their first mention. */
  public Map<String, List<String>> attributes() {
    return attributes.values();
  }

  /** The methods that are answered. */
  public List<Code> methods() {
    return List.copyOf(methods.keySet());
  }

  /** The handler of {@code method}. */
  Optional<Service<Request, Reply>> handler(Code method) {
    return Optional.ofNullable(methods.get(method));
  }

  PathTemplate path() {
    return path;
  }

  Contents contents() {
    return contents;
  }

  private Resource with(PolicyStance other) {
    return new Resource(path, methods, attributes, other, contents);
  }

  private Resource with(Contents other) {
    return new Resource(path, methods, attributes, stance, other);
  }

  private static Service<Request, Reply> now(Function<Request, Response> handler) {
    return request -> CompletableFuture.completedFuture(Reply.of(handler.apply(request)));
  }
}
