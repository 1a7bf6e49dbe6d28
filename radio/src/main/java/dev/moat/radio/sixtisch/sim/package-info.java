/**
 * How long pledges take to join a 6TiSCH network, by simulation: the scan for a beacon, N nodes in
 * one shared cell, and a whole mesh whose nodes join in parallel.
 *
 * <p>Time is counted in slotframes, as one cell of each is used. The same seed gives the same
 * result: every simulation has its own random sequence and nothing else from outside. Settings and
 * results are immutable; a running simulation belongs to one thread.
 *
 * <p>Sources: RFC 8180 (the shared cell, its retransmissions), RFC 7554 and IEEE 802.15.4 (back-off
 * of shared cells), RFC 9031 (CoAP timers of a join), RFC 7252 Section 4.2.
 */
@NullMarked
package dev.moat.radio.sixtisch.sim;

import org.jspecify.annotations.NullMarked;
