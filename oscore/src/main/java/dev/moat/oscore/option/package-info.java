/**
 * The OSCORE option: the compressed header of the COSE object (RFC 8613, Section 6). Immutable
 * values.
 */
@NullMarked
package dev.moat.oscore.option;

import org.jspecify.annotations.NullMarked;
