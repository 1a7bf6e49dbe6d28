/** Tests of {@link dev.moat.foe.relay}. */
@NullMarked
package dev.moat.foe.relay;

import org.jspecify.annotations.NullMarked;
