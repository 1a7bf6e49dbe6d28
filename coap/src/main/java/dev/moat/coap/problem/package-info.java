/**
 * Concise Problem Details (RFC 9290): why a request failed, for machines and people. Immutable
 * values.
 */
@NullMarked
package dev.moat.coap.problem;

import org.jspecify.annotations.NullMarked;
