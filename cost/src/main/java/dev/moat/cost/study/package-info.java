/** All exchanges of a comparison with what they cost on each radio. */
@NullMarked
package dev.moat.cost.study;

import org.jspecify.annotations.NullMarked;
