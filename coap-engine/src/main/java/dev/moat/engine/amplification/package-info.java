/**
 * How much may still be sent to an address that has not shown that it receives it (RFC 7252,
 * Section 11.3; RFC 9175, Sections 2.4 and 2.6).
 */
@NullMarked
package dev.moat.engine.amplification;

import org.jspecify.annotations.NullMarked;
