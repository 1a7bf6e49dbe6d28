/** Tests. */
@NullMarked
package dev.moat.cli.client;

import org.jspecify.annotations.NullMarked;
