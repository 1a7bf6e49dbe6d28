/**
 * CoAP over TCP, TLS and WebSockets (RFC 8323) by Netty.
 *
 * <p>One event loop owns one {@link dev.moat.endpoint.stack.StreamProtocol} and all connections,
 * those of its listeners and those it opens.
 *
 * <pre>
 *   kernel --&gt; [TLS] --&gt; [WebSocket] --&gt; LinkHandler --&gt; StreamLoop --onOctets--&gt; StreamProtocol
 *   kernel &lt;-- [TLS] &lt;-- [WebSocket] &lt;-- Link        &lt;-- StreamLoop &lt;--drainTo---
 * </pre>
 *
 * <p>A stage in brackets passes Netty's "active" on only when its own handshake is done, so the
 * protocol hears of a connection when that is open, protected, and known to be with the right peer.
 *
 * <p>Thread rule: the protocol is called on the loop's thread only; {@link
 * dev.moat.endpoint.stream.StreamEndpoint} may be used from any thread.
 */
@NullMarked
package dev.moat.endpoint.stream;

import org.jspecify.annotations.NullMarked;
