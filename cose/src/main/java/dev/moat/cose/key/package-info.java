/**
 * Public and private COSE keys for key agreement and signatures (RFC 9052, Section 7; RFC 9053,
 * Section 7), checked against their curve when they are read. Immutable values; free of threads.
 */
@NullMarked
package dev.moat.cose.key;

import org.jspecify.annotations.NullMarked;
