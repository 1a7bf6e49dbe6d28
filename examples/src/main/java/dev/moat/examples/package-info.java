/** Complete programs against Moat's public API; each has a {@code main} and is run by the build. */
@NullMarked
package dev.moat.examples;

import org.jspecify.annotations.NullMarked;
