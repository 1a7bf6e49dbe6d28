package dev.moat.cost.tls;

import dev.moat.cost.exchange.RecordOverhead;
import dev.moat.cost.exchange.RecordedExchange;

/**
 * What one run showed.
 *
 * @param exchange the handshake, then one protected request and its response
 * @param overhead what protecting those two added
 */
public record MeasuredProtection(RecordedExchange exchange, RecordOverhead overhead) {}
