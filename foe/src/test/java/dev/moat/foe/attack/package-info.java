/** Tests of the package. */
@NullMarked
package dev.moat.foe.attack;

import org.jspecify.annotations.NullMarked;
