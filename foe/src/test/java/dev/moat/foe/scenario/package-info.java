/** Tests of the package. */
@NullMarked
package dev.moat.foe.scenario;

import org.jspecify.annotations.NullMarked;
