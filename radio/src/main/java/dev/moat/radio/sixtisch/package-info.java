/**
 * What an exchange costs in a 6TiSCH network (IPv6 over the time-slotted mode of IEEE 802.15.4):
 * how many octets of a CoAP payload one frame carries at h hops, how many frames an exchange takes,
 * how long a pledge waits for a beacon, and between which bounds N pledges join. Closed formulas;
 * the simulations are in {@code dev.moat.radio.sixtisch.sim}.
 *
 * <p>Sources: RFC 8180 (minimal configuration), RFC 9031 (joining), RFC 8138 (compressed routing
 * headers), RFC 6282 (compressed IPv6 and UDP), RFC 4944 (fragments), RFC 7554 (the slotframe).
 * Immutable values, usable by any thread.
 */
@NullMarked
package dev.moat.radio.sixtisch;

import org.jspecify.annotations.NullMarked;
