/**
 * Handshakes under way at a server, and what they may cost (RFC 9528, Section 9.7).
 *
 * <p>Bounded in number, octets and time. Shared by all event loops of a server: every change is one
 * atomic step, nothing is locked.
 *
 * <pre>
 *            reserve            put               take
 *   (free) ----------> busy ----------> waiting ---------> busy ---> ...
 *      ^                |                  |
 *      +---- release ---+   expiry, room   |
 *      +-----------------------------------+
 * </pre>
 */
@NullMarked
package dev.moat.edhoc.coap.halfopen;

import org.jspecify.annotations.NullMarked;
