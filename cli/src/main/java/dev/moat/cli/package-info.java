/** The {@code moat} command: subcommands, their flags and their output. */
@NullMarked
package dev.moat.cli;

import org.jspecify.annotations.NullMarked;
