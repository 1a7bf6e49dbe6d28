package dev.moat.oscore.protect;

import dev.moat.coap.service.Request;

/**
 * A request ready to leave.
 *
 * @param outer what goes to the wire
 * @param binding what its responses are verified with
 */
public record ProtectedRequest(Request outer, RequestBinding binding) {}
