/**
 * TLS 1.3 for connections: who is believed, what is shown, and what is said when it fails (RFC
 * 8446, RFC 8323 Section 9, RFC 7252 Section 9.1.3.3).
 *
 * <p>The engine is the JDK's; clients use Netty's native one when netty-tcnative is on the class
 * path.
 *
 * <p>Thread rule: everything here is immutable, but for {@link
 * dev.moat.endpoint.stream.tls.TlsGate}, which belongs to one connection and its loop.
 */
@NullMarked
package dev.moat.endpoint.stream.tls;

import org.jspecify.annotations.NullMarked;
