/** Runners of Wycheproof's tests of key agreement and signatures. */
@NullMarked
package dev.moat.cli.conform.curve;

import org.jspecify.annotations.NullMarked;
