/** Runs vectors of COSE signatures and of certificates. */
@NullMarked
package dev.moat.cli.conform.cose;

import org.jspecify.annotations.NullMarked;
