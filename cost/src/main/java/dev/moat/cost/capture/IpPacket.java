package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;

/**
 * A whole IP datagram.
 *
 * @param source 4 or 16 octets
 * @param destination as long as {@code source}
 * @param protocol the number of what is in it
 * @param payload what is in it
 */
record IpPacket(Bytes source, Bytes destination, int protocol, Bytes payload) {}
