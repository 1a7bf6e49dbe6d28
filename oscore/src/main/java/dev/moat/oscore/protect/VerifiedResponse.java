package dev.moat.oscore.protect;

import dev.moat.coap.service.Response;
import java.util.OptionalLong;

/**
 * A response that verified. A notification has the Observe option, which is empty: the order is in
 * the Partial IV, and the notification without one is the oldest (RFC 8613, Section 4.1.3.5.2).
 *
 * @param inner the response as the server made it
 * @param partialIv the Partial IV, empty when it was protected with the request's nonce
 */
public record VerifiedResponse(Response inner, OptionalLong partialIv) {}
