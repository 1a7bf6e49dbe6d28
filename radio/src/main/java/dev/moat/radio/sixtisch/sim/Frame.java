package dev.moat.radio.sixtisch.sim;

/**
 * A frame under way between a pledge and the root.
 *
 * @param pledge whose join it belongs to
 * @param attempt the pledge's attempt to join
 * @param stage of that attempt
 * @param generation 0 for the first transmission of the request, and its response
 * @param up whether it belongs to the request
 */
record Frame(int pledge, int attempt, int stage, int generation, boolean up) {}
