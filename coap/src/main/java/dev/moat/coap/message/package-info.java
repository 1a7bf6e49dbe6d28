/**
 * What a CoAP message is: {@link dev.moat.coap.message.Message}, its type and its code (RFC 7252,
 * Section 3).
 *
 * <p>Everything here is an immutable value and may be shared between threads.
 */
@NullMarked
package dev.moat.coap.message;

import org.jspecify.annotations.NullMarked;
