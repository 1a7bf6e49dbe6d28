/**
 * CoAP over WebSockets: the opening handshake of both roles and the frames (RFC 8323 Section 4, RFC
 * 6455).
 *
 * <p>Thread rule: every handler belongs to one connection and its loop.
 */
@NullMarked
package dev.moat.endpoint.stream.ws;

import org.jspecify.annotations.NullMarked;
