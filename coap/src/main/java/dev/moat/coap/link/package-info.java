/**
 * The CoRE Link Format (RFC 6690): links with attributes, their text, and the filters of {@code
 * /.well-known/core}.
 *
 * <p>Everything here is an immutable value.
 */
@NullMarked
package dev.moat.coap.link;

import org.jspecify.annotations.NullMarked;
