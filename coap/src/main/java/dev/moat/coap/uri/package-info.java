/**
 * CoAP URIs: text to options and back (RFC 7252, Section 6; RFC 8323, Section 8), and IP addresses
 * as text.
 *
 * <p>Everything here is an immutable value; no name is ever resolved.
 */
@NullMarked
package dev.moat.coap.uri;

import org.jspecify.annotations.NullMarked;
