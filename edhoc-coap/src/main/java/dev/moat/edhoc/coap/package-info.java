/**
 * EDHOC over CoAP (RFC 9528, Appendix A) and the combined request (RFC 9668), into OSCORE. Holds no
 * socket, thread or clock.
 */
@NullMarked
package dev.moat.edhoc.coap;

import org.jspecify.annotations.NullMarked;
