/**
 * COSE (RFC 9052, RFC 9053): algorithm identifiers, keys, headers, Encrypt0 and Sign1. Immutable
 * values; free of threads.
 */
@NullMarked
package dev.moat.cose;

import org.jspecify.annotations.NullMarked;
