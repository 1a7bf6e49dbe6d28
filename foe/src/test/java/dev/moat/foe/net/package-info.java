/** Tests of the package. */
@NullMarked
package dev.moat.foe.net;

import org.jspecify.annotations.NullMarked;
