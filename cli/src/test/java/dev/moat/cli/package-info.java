/** Tests. */
@NullMarked
package dev.moat.cli;

import org.jspecify.annotations.NullMarked;
