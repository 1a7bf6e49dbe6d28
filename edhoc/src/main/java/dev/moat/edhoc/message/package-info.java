/**
 * The messages and plaintexts of EDHOC as values (RFC 9528, Sections 3.3, 3.5.3.2, 3.8, 5 and 6).
 *
 * <p>What can be decoded is well-formed, and encodes to the same octets: only deterministic CBOR is
 * read, and every identifier in its only form. Nothing here verifies anything. Immutable values.
 */
@NullMarked
package dev.moat.edhoc.message;

import org.jspecify.annotations.NullMarked;
