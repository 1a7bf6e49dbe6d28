/**
 * Options: an immutable sorted list of (number, octets), a registry that says what each number
 * means, and typed views computed from the octets (RFC 7252, Sections 3.1 and 5.4).
 */
@NullMarked
package dev.moat.coap.option;

import org.jspecify.annotations.NullMarked;
