package dev.moat.endpoint.stream;

import java.net.InetSocketAddress;

/**
 * What a connection leads to: the same one serves all requests with the same route.
 *
 * @param kind how it carries CoAP
 * @param address of the server
 * @param host as the URI names the server: what its certificate must be for
 */
record Route(StreamKind kind, InetSocketAddress address, String host) {}
