/** Tests. */
@NullMarked
package dev.moat.cli.decode;

import org.jspecify.annotations.NullMarked;
