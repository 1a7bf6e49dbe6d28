/**
 * CBOR items as people write them: diagnostic notation (RFC 8949, Section 8; RFC 8610, Appendix G),
 * of which JSON is a part. JSON has no byte strings and no numbers as map keys; hence, as aiocoap
 * has it, {@code {"hex": "0102"}} and {@code {"ascii": "ab"}} stand for byte strings, and a key of
 * decimal digits stands for the number.
 *
 * <p>Thread rule: items are immutable; a reader is used by one thread.
 */
@NullMarked
package dev.moat.cli.edn;

import org.jspecify.annotations.NullMarked;
