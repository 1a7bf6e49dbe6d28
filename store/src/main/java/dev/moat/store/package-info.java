/** Durable security state in an embedded SQL file. */
@NullMarked
package dev.moat.store;

import org.jspecify.annotations.NullMarked;
