/**
 * What procedures that replace a security context have in common: where fresh contexts come from,
 * and why a step is refused.
 */
@NullMarked
package dev.moat.oscore.rekey;

import org.jspecify.annotations.NullMarked;
