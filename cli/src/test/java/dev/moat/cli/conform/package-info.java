/** Tests. */
@NullMarked
package dev.moat.cli.conform;

import org.jspecify.annotations.NullMarked;
