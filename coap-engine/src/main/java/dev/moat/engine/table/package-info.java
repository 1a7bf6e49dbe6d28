/**
 * A hash table of peers that an attacker who chooses addresses and ports cannot degrade, with the
 * order of use built in for eviction.
 */
@NullMarked
package dev.moat.engine.table;

import org.jspecify.annotations.NullMarked;
