/** Tests of {@code dev.moat.cli.edhoc}. */
@NullMarked
package dev.moat.cli.edhoc;

import org.jspecify.annotations.NullMarked;
