package dev.moat.cli.serve;

import org.jspecify.annotations.Nullable;

/**
 * What a server is to be.
 *
 * @param port UDP port, 0 to have one chosen
 * @param bind a name or an address to listen on; null for all addresses
 * @param plugtest true for the plugtest resources instead of the demonstration
 * @param insecureNosecActuators true when the lock obeys unprotected requests
 */
record ServeSettings(
    int port, @Nullable String bind, boolean plugtest, boolean insecureNosecActuators) {}
