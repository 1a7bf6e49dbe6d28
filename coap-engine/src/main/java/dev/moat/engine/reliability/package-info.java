/**
 * Small machines of the message layer: deadlines, Message IDs, and the order of notifications (RFC
 * 7252, Section 4; RFC 7641, Section 3.4). Each belongs to one engine and knows no other.
 */
@NullMarked
package dev.moat.engine.reliability;

import org.jspecify.annotations.NullMarked;
