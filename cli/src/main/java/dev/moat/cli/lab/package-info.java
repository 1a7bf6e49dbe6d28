/** {@code moat lab}: plays the attacks and shows what came of them. */
@NullMarked
package dev.moat.cli.lab;

import org.jspecify.annotations.NullMarked;
