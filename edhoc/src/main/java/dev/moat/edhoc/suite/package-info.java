/**
 * What a session negotiates: cipher suites (RFC 9528, Section 3.6) and methods (Section 3.2).
 * Immutable values.
 */
@NullMarked
package dev.moat.edhoc.suite;

import org.jspecify.annotations.NullMarked;
