package dev.moat.conformance.crash;

import dev.moat.coap.service.Request;

/**
 * A request as an attacker keeps it.
 *
 * @param receiver the side it was for, 0 or 1
 */
record Captured(int receiver, Request outer) {}
