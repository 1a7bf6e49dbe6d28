/** Tests. */
@NullMarked
package dev.moat.cli.serve;

import org.jspecify.annotations.NullMarked;
