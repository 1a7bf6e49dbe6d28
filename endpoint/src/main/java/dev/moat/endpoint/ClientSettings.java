package dev.moat.endpoint;

import dev.moat.coap.service.EventSink;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.oscore.context.SecurityContext;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client is.
 *
 * @param sockets where and how datagrams without security are sent
 * @param stacks makes the stack of each transport
 * @param credentials for the schemes with security
 * @param security protects the requests that name no context of their own
 * @param resolutionTimeout after which a name is given up
 */
record ClientSettings(
    UdpConfig sockets,
    Stacks stacks,
    Credentials credentials,
    Optional<SecurityContext> security,
    Duration resolutionTimeout) {
  EventSink events() {
    return stacks.events();
  }
}
