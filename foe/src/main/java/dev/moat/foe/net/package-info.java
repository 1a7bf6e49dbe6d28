/**
 * Networks in virtual time: any number of sans-I/O endpoints, links with latency, one queue of
 * events. The same inputs give the same run, datagram by datagram.
 *
 * <p>Thread rule: a network belongs to one thread.
 */
@NullMarked
package dev.moat.foe.net;

import org.jspecify.annotations.NullMarked;
