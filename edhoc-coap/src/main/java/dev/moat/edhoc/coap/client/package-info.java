/**
 * The client of EDHOC over CoAP: a procedure that establishes a security context when a request
 * needs one, as the initiator (forward flow) or as the responder (reverse flow).
 *
 * <p>{@link dev.moat.edhoc.coap.client.EdhocClient} is safe to share among threads; each run
 * belongs to the event loop that began it.
 */
@NullMarked
package dev.moat.edhoc.coap.client;

import org.jspecify.annotations.NullMarked;
