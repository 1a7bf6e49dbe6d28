/** Tests of {@code moat lab}. */
@NullMarked
package dev.moat.cli.lab;

import org.jspecify.annotations.NullMarked;
