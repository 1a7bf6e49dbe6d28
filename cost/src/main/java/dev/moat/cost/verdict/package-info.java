/**
 * What the figures mean for the requirements of a lightweight key exchange (rows LK-100 to 129).
 */
@NullMarked
package dev.moat.cost.verdict;

import org.jspecify.annotations.NullMarked;
