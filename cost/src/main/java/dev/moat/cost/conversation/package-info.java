/**
 * Exchanges out of captured datagrams: who talks with whom, which message of EDHOC, OSCORE, (D)TLS
 * or CoAP each datagram carries, and what was sent again.
 *
 * <p>Nothing is decrypted: what is protected is told apart by what stands outside, and remarks say
 * where that leaves a doubt.
 *
 * <p>Thread rule: a reading is confined to the thread that asked for it; results are immutable.
 */
@NullMarked
package dev.moat.cost.conversation;

import org.jspecify.annotations.NullMarked;
