/**
 * The applications of the draft's stories. Server applications know the ground truth and record
 * what they did; the client's application holds beliefs that come only from what its stack's API
 * told it.
 *
 * <p>Thread rule: everything here belongs to the loop of its run.
 */
@NullMarked
package dev.moat.foe.app;

import org.jspecify.annotations.NullMarked;
