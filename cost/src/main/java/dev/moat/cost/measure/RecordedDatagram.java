package dev.moat.cost.measure;

import dev.moat.bytes.Bytes;

/**
 * A datagram that went through a {@link DatagramRecorder}.
 *
 * @param toServer true on the way from the client to the server
 * @param octets all that UDP carried
 * @param nanos when it went by, on the monotonic clock of this process
 */
public record RecordedDatagram(boolean toServer, Bytes octets, long nanos) {}
