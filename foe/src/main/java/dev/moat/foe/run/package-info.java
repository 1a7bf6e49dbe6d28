/**
 * Plays a scenario: the ladder's lines one after the other, the applications, Foe, and at the end
 * the judge.
 *
 * <p>Thread rule: a run belongs to the loop of its field.
 */
@NullMarked
package dev.moat.foe.run;

import org.jspecify.annotations.NullMarked;
