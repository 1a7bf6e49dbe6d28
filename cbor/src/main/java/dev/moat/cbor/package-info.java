/**
 * CBOR in its one deterministic form (RFC 8949, Section 4.2.1): what is written is the shortest
 * encoding with sorted map keys, and nothing else is read. Two cursors over octets, {@link
 * dev.moat.cbor.CborWriter} and {@link dev.moat.cbor.CborReader}; there is no tree of items, no
 * recursion, and every input is limited in length and depth.
 *
 * <p>Floating-point numbers are refused: nothing that Moat speaks uses them.
 */
@NullMarked
package dev.moat.cbor;

import org.jspecify.annotations.NullMarked;
