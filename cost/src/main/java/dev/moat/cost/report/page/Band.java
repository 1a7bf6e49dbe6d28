package dev.moat.cost.report.page;

/**
 * A range that the numbers are held against.
 *
 * @param label what it says, as "4 to 6 s asked"
 * @param from its lower end, in the axis' unit
 * @param to its upper end
 */
public record Band(String label, double from, double to) {}
