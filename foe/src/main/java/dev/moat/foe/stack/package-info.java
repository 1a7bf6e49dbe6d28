/**
 * The stacks under attack: Moat's own, with each remedy on or off. Later issues add other security
 * modes, transports and endpoints of others by the same interface.
 *
 * <p>Thread rule: descriptions are immutable; the endpoints that they make belong to the loop that
 * drives them.
 */
@NullMarked
package dev.moat.foe.stack;

import org.jspecify.annotations.NullMarked;
