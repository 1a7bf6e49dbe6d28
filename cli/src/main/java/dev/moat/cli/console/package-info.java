/**
 * What every command shares: how results, progress and errors reach a person or a script. Results
 * go to standard output, everything else to standard error; exit status 0 is success, 1 failure, 2
 * wrong usage.
 *
 * <p>Thread rule: a command prints from the thread that runs it.
 */
@NullMarked
package dev.moat.cli.console;

import org.jspecify.annotations.NullMarked;
