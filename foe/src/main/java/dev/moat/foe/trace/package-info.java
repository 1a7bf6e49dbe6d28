/**
 * What happened in a run, line by line: the evidence of a verdict, and what a report draws.
 *
 * <p>Thread rule: a {@link dev.moat.foe.trace.Trace} belongs to the loop of its run.
 */
@NullMarked
package dev.moat.foe.trace;

import org.jspecify.annotations.NullMarked;
