package dev.moat.cost.device;

/**
 * What a handshake asks of one side.
 *
 * @param operations what it computes
 * @param state what it keeps
 * @param cpuNanos time of this machine's processor, see {@link CpuTime}
 */
public record RoleFigures(CryptoOperations operations, HandshakeState state, long cpuNanos) {}
