/**
 * What lies between two endpoints: which transport carries their messages, how the messages lie on
 * it, and what nobody on it can do.
 *
 * <p>Thread rule: immutable values and pure functions.
 */
@NullMarked
package dev.moat.foe.path;

import org.jspecify.annotations.NullMarked;
