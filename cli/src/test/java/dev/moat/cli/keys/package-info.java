/** Tests of {@code dev.moat.cli.keys}. */
@NullMarked
package dev.moat.cli.keys;

import org.jspecify.annotations.NullMarked;
