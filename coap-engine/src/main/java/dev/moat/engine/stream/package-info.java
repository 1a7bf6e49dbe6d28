/**
 * CoAP over reliable transports (RFC 8323): what one connection has agreed on, and what may still
 * come on it. No I/O.
 */
@NullMarked
package dev.moat.engine.stream;

import org.jspecify.annotations.NullMarked;
