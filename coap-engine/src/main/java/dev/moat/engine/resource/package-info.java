/**
 * What a server offers: {@link dev.moat.engine.resource.Resource}s with their policies, the {@link
 * dev.moat.engine.resource.Router} that finds them, and /.well-known/core (RFC 7252, Sections 5.5
 * to 5.10; RFC 6690).
 *
 * <p>Safe by default: a resource with an unsafe method is an actuator and demands security,
 * freshness, confirmable requests and Request-Tags; every opt-out is explicit, per resource, and
 * told once to the {@code EventSink}.
 *
 * <p>Thread rule: values may be shared; the router and observable states may be used from any
 * thread; filters run on the event loop that owns their pipeline. Handlers may complete anywhere
 * when {@link dev.moat.engine.resource.LoopReturn} is the innermost stage.
 */
@NullMarked
package dev.moat.engine.resource;

import org.jspecify.annotations.NullMarked;
