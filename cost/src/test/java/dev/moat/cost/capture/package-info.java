/** Captures written here, read back; and files that are damaged. */
@NullMarked
package dev.moat.cost.capture;

import org.jspecify.annotations.NullMarked;
