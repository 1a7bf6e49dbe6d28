/** Tests of {@code dev.moat.cost.tls}. */
@NullMarked
package dev.moat.cost.tls;

import org.jspecify.annotations.NullMarked;
