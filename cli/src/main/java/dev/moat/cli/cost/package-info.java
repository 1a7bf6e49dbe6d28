/**
 * {@code moat cost}: what handshakes cost on constrained radios. Thin: the figures are module
 * cost's, the models module radio's.
 *
 * <p>Thread rule: a command runs on the thread that called it.
 */
@NullMarked
package dev.moat.cli.cost;

import org.jspecify.annotations.NullMarked;
