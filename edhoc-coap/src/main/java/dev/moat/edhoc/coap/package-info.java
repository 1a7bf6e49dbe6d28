/**
 * EDHOC over CoAP (RFC 9528, Appendix A.2) into OSCORE security contexts (Appendix A.1): what the
 * messages look like, and what a finished session becomes.
 *
 * <p>Immutable values; safe to share among threads.
 */
@NullMarked
package dev.moat.edhoc.coap;

import org.jspecify.annotations.NullMarked;
