package dev.moat.radio.lorawan;

/**
 * A frame.
 *
 * @param appOctets the size of its FRMPayload, a fragment header included
 * @param airMicros its time on air
 */
public record Packet(int appOctets, long airMicros) {}
