/** Tests of {@code dev.moat.cli.edn}. */
@NullMarked
package dev.moat.cli.edn;

import org.jspecify.annotations.NullMarked;
