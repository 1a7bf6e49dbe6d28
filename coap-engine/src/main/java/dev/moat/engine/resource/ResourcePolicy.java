package dev.moat.engine.resource;

import dev.moat.coap.service.Context;
import java.time.Duration;

/**
 * What a resource demands of a request before its handler sees it.
 *
 * @param actuator true when unsafe methods act on the world
 * @param security covered methods arrive under a security association, else 4.01
 * @param confirmable covered methods arrive in confirmable messages, else 4.00
 * @param freshness covered methods prove by Echo that they were made lately (RFC 9175, Section 2.3)
 * @param freshnessWindowNanos how old an Echo value may be, on the server's monotonic clock
 * @param requestTag covered methods carry a Request-Tag when their body takes several blocks (RFC
 *     9175, Section 3.5.1)
 * @param establishesSecurity true for a resource by which a security association comes about: the
 *     demand of a server for security on every resource does not cover it
 */
public record ResourcePolicy(
    boolean actuator,
    Demand security,
    Demand confirmable,
    Demand freshness,
    long freshnessWindowNanos,
    Demand requestTag,
    boolean establishesSecurity) {

  /** As long as a server remembers how it made its Echo values. */
  public static final Duration MAX_FRESHNESS_WINDOW = Duration.ofDays(1);

  /** How old an Echo value may be unless the resource says otherwise. */
  public static final Duration DEFAULT_FRESHNESS_WINDOW = Duration.ofSeconds(10);

  /**
   * Where {@link PolicyFilter} leaves the policy of the requested resource for the stages behind
   * it.
   */
  public static final Context.Key<ResourcePolicy> KEY = new Context.Key<>("resource policy");

  /** No demands: the policy of resources without unsafe methods. */
  public static final ResourcePolicy OPEN =
      new ResourcePolicy(
          false,
          Demand.NEVER,
          Demand.NEVER,
          Demand.NEVER,
          DEFAULT_FRESHNESS_WINDOW.toNanos(),
          Demand.NEVER,
          false);

  /** Every demand for unsafe methods: the policy of resources that have one. */
  public static final ResourcePolicy ACTUATOR =
      new ResourcePolicy(
          true,
          Demand.UNSAFE_METHODS,
          Demand.UNSAFE_METHODS,
          Demand.UNSAFE_METHODS,
          DEFAULT_FRESHNESS_WINDOW.toNanos(),
          Demand.UNSAFE_METHODS,
          false);

  /** Checks the window. */
  public ResourcePolicy {
    checkWindow(freshnessWindowNanos);
  }

  /**
   * Checks a freshness window.
   *
   * @throws IllegalArgumentException unless it is positive and at most {@link
   *     #MAX_FRESHNESS_WINDOW}
   */
  public static void checkWindow(long nanos) {
    if (nanos <= 0 || nanos > MAX_FRESHNESS_WINDOW.toNanos()) {
      throw new IllegalArgumentException("a freshness window lasts up to a day, and not nothing");
    }
  }

  ResourcePolicy withSecurity(Demand demand) {
    return new ResourcePolicy(
        actuator,
        demand,
        confirmable,
        freshness,
        freshnessWindowNanos,
        requestTag,
        establishesSecurity);
  }

  ResourcePolicy withConfirmable(Demand demand) {
    return new ResourcePolicy(
        actuator,
        security,
        demand,
        freshness,
        freshnessWindowNanos,
        requestTag,
        establishesSecurity);
  }

  ResourcePolicy withFreshness(Demand demand, long windowNanos) {
    return new ResourcePolicy(
        actuator, security, confirmable, demand, windowNanos, requestTag, establishesSecurity);
  }

  ResourcePolicy withRequestTag(Demand demand) {
    return new ResourcePolicy(
        actuator,
        security,
        confirmable,
        freshness,
        freshnessWindowNanos,
        demand,
        establishesSecurity);
  }

  ResourcePolicy withEstablishedSecurity() {
    return new ResourcePolicy(
        actuator, Demand.NEVER, confirmable, freshness, freshnessWindowNanos, requestTag, true);
  }
}
