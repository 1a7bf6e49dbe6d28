/** Tests of the package. */
@NullMarked
package dev.moat.foe.judge;

import org.jspecify.annotations.NullMarked;
