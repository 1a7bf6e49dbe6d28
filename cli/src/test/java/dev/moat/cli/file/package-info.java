/** Tests of {@code dev.moat.cli.file}. */
@NullMarked
package dev.moat.cli.file;

import org.jspecify.annotations.NullMarked;
