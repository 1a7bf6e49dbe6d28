package dev.moat.cost.conversation;

/**
 * A message that stands in the capture more than once: retransmitted, or captured twice.
 *
 * @param name of the message
 * @param times how often beyond the first
 * @param octets of one datagram
 */
public record Repeat(String name, int times, int octets) {}
