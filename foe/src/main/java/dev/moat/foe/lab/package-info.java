/**
 * The lab: all scenarios against all stacks, beside the verdicts that were expected.
 *
 * <p>Thread rule: {@link dev.moat.foe.lab.Lab} is immutable; runs on real sockets go on in
 * parallel, each on a thread of its own.
 */
@NullMarked
package dev.moat.foe.lab;

import org.jspecify.annotations.NullMarked;
