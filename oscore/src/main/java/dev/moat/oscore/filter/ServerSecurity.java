package dev.moat.oscore.filter;

import dev.moat.oscore.context.ContextTable;
import java.time.Duration;

/**
 * How a server verifies and answers protected requests.
 *
 * @param contexts by which requests are verified; may be shared with other event loops
 * @param silentErrors true sends none of the errors of RFC 8613, Section 8.2, which may be omitted:
 *     a probe learns less, and a client that lost its context waits in vain
 * @param resyncWindowNanos how old an Echo value may be that makes a replay window trusted
 *     (Appendix B.1.2); at most an hour
 * @param insecureObserveUnproven true lets an address that has not shown that it receives anything
 *     be registered for notifications: who changes the source address of a genuine registration
 *     then floods a victim. For peers that do not answer an Outer Echo
 * @param order which Partial IVs are taken on connections; over datagrams it is always the window
 */
public record ServerSecurity(
    ContextTable contexts,
    boolean silentErrors,
    long resyncWindowNanos,
    boolean insecureObserveUnproven,
    RequestOrder order) {

  /** No Echo value has to be recognised for longer. */
  private static final long MAX_RESYNC_WINDOW_NANOS = Duration.ofHours(1).toNanos();

  /** Checks the window. */
  public ServerSecurity {
    if (resyncWindowNanos <= 0 || resyncWindowNanos > MAX_RESYNC_WINDOW_NANOS) {
      throw new IllegalArgumentException("the resynchronisation window is at most an hour");
    }
  }

  /** Errors are sent, an Echo value resynchronises for a minute, addresses have to be proven. */
  public static ServerSecurity of(ContextTable contexts) {
    return new ServerSecurity(
        contexts, false, Duration.ofMinutes(1).toNanos(), false, RequestOrder.NEXT);
  }

  /** With or without the errors of RFC 8613, Section 8.2. */
  public ServerSecurity withSilentErrors(boolean silent) {
    return new ServerSecurity(contexts, silent, resyncWindowNanos, insecureObserveUnproven, order);
  }

  /** With another age of Echo values. */
  public ServerSecurity withResyncWindow(Duration window) {
    return new ServerSecurity(
        contexts, silentErrors, window.toNanos(), insecureObserveUnproven, order);
  }

  /** With or without registrations from addresses that are not proven. */
  public ServerSecurity withInsecureObserveUnproven(boolean allowed) {
    return new ServerSecurity(contexts, silentErrors, resyncWindowNanos, allowed, order);
  }

  /** With another rule for the order of requests on connections. */
  public ServerSecurity withOrder(RequestOrder other) {
    return new ServerSecurity(
        contexts, silentErrors, resyncWindowNanos, insecureObserveUnproven, other);
  }
}
