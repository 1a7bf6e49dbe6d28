/**
 * Foe itself, apart from any network: what it recognises, and what it does with each datagram.
 *
 * <p>Thread rule: {@link dev.moat.foe.attack.Foe} belongs to the loop of its run.
 */
@NullMarked
package dev.moat.foe.attack;

import org.jspecify.annotations.NullMarked;
