/**
 * CoAP for applications: {@link dev.moat.endpoint.CoapServer} and {@link
 * dev.moat.endpoint.CoapClient}. The scheme of a URI chooses the transport.
 *
 * <p>A server with one resource, and a call to it:
 *
 * <pre>{@code
 * try (CoapServer server =
 *     CoapServer.builder()
 *         .resource(Resource.at("/hello").get(request -> Response.text(Code.CONTENT, "hi")))
 *         .start()) {
 *   Outcome outcome = CoapClient.create().get("coap://localhost/hello");
 * }
 * }</pre>
 *
 * <p>Thread rule: both may be used from any thread; handlers and listeners run on an event loop and
 * must not block, unless offloaded.
 */
@NullMarked
package dev.moat.endpoint;

import org.jspecify.annotations.NullMarked;
