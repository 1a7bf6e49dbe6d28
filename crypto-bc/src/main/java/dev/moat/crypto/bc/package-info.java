/**
 * Curves, signatures and Keccak by Bouncy Castle, or by Conscrypt where it is on the class path.
 * Everything here may be shared among threads.
 */
@NullMarked
package dev.moat.crypto.bc;

import org.jspecify.annotations.NullMarked;
