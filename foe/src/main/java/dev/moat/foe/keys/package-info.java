/**
 * Whose keys a run has: the long-term keys of its endpoints and of Foe, and a ledger of the
 * security contexts that they made, by which the judge knows who shares keys with whom.
 *
 * <p>Thread rule: a {@link dev.moat.foe.keys.Ledger} is shared by the loops of a run; all else is
 * immutable.
 */
@NullMarked
package dev.moat.foe.keys;

import org.jspecify.annotations.NullMarked;
