/**
 * Values of the Echo option (RFC 9175, Section 2): made without state, bound to a peer, a purpose
 * and a moment.
 *
 * <pre>
 *   octet 0        purpose (1 bit), key number (7 bits)
 *   octets 1-5     milliseconds since the mint's first use, modulo 2^40
 *   octets 6-13    HMAC-SHA-256 over purpose, key number, time and peer, truncated
 * </pre>
 */
@NullMarked
package dev.moat.engine.echo;

import org.jspecify.annotations.NullMarked;
