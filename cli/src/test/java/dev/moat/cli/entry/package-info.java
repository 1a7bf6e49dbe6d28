/** Tests. */
@NullMarked
package dev.moat.cli.entry;

import org.jspecify.annotations.NullMarked;
