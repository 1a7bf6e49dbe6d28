/**
 * How commands read and write files that may hold secrets: refused when other users may read them,
 * created for their owner alone, never overwritten unasked.
 *
 * <p>Thread rule: stateless.
 */
@NullMarked
package dev.moat.cli.file;

import org.jspecify.annotations.NullMarked;
