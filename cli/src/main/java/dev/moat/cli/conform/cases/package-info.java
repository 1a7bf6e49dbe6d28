/** What every runner of vectors works with: the members of a case, and what is found wrong. */
@NullMarked
package dev.moat.cli.conform.cases;

import org.jspecify.annotations.NullMarked;
