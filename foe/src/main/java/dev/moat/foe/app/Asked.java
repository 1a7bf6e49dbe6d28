package dev.moat.foe.app;

import dev.moat.foe.scenario.Ask;

/**
 * A request that a client's application made.
 *
 * @param nanos when
 * @param ask what
 */
public record Asked(long nanos, Ask ask) {}
