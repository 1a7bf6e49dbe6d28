/** Tests of {@code dev.moat.cost.device}. */
@NullMarked
package dev.moat.cost.device;

import org.jspecify.annotations.NullMarked;
