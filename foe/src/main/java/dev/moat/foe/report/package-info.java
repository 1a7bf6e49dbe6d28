/**
 * What the lab shows: a table for terminals, JSON for programs, and a page with a ladder for every
 * run.
 *
 * <p>Thread rule: pure functions from a {@link dev.moat.foe.lab.LabResult} to text.
 */
@NullMarked
package dev.moat.foe.report;

import org.jspecify.annotations.NullMarked;
