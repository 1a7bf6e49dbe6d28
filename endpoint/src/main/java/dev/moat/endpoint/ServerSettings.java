package dev.moat.endpoint;

import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.udp.MulticastGroup;
import dev.moat.endpoint.udp.UdpConfig;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a server listens with.
 *
 * @param listeners at least one
 * @param credentials for the schemes with security
 * @param loops of each listener for datagrams without security
 * @param groups that the first of those joins
 * @param sockets changes the configuration of those
 */
record ServerSettings(
    List<Listener> listeners,
    Credentials credentials,
    int loops,
    List<MulticastGroup> groups,
    UnaryOperator<UdpConfig> sockets) {}
