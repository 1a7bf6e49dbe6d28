/**
 * How much more a node sends than it got, before it knows that the sender's address is real (RFC
 * 9175, section 2.4): the factor of an exchange and the size of an answer that is safe.
 */
@NullMarked
package dev.moat.radio.amplification;

import org.jspecify.annotations.NullMarked;
