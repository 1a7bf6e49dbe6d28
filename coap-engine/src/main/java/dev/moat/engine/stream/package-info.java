/**
 * CoAP over reliable transports (RFC 8323): what one connection has agreed on, how it is read, what
 * waits to be sent on it, and the limits that all of it keeps to. No I/O. The machines over it are
 * those of {@code dev.moat.engine.StreamEngine}.
 */
@NullMarked
package dev.moat.engine.stream;

import org.jspecify.annotations.NullMarked;
