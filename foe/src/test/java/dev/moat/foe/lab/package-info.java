/** Tests of the package. */
@NullMarked
package dev.moat.foe.lab;

import org.jspecify.annotations.NullMarked;
