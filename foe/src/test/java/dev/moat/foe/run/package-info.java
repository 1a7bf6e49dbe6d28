/** Tests of {@link dev.moat.foe.run}. */
@NullMarked
package dev.moat.foe.run;

import org.jspecify.annotations.NullMarked;
