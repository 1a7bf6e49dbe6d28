/**
 * Signalling on reliable transports (RFC 8323, Section 5): what the two ends of a connection tell
 * each other about the connection itself.
 *
 * <pre>
 * StreamMessage --ConnectionStart--> Signal: Csm | Ping | Pong | Release | Abort
 *                     |                       |
 *                     |                       +-- PeerCapabilities.updatedBy(Csm)
 *                     +-- SignalException --> answer(): the Abort that ends the connection
 * </pre>
 *
 * <p>Everything here is an immutable value or a pure function, except {@link
 * dev.moat.coap.signal.ConnectionStart}, which belongs to one connection and is used by one thread
 * at a time.
 */
@NullMarked
package dev.moat.coap.signal;

import org.jspecify.annotations.NullMarked;
