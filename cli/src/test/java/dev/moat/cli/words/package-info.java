/** Tests. */
@NullMarked
package dev.moat.cli.words;

import org.jspecify.annotations.NullMarked;
