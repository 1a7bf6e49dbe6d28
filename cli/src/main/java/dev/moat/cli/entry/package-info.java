/**
 * Credentials files: maps from URIs to entries, whatever kind of credentials an entry holds. What
 * it means is said by the packages of the kinds.
 */
@NullMarked
package dev.moat.cli.entry;

import org.jspecify.annotations.NullMarked;
