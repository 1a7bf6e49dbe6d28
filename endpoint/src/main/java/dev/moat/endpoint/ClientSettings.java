package dev.moat.endpoint;

import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.dtls.DtlsConfig;
import dev.moat.endpoint.stream.StreamConfig;
import dev.moat.endpoint.udp.UdpConfig;
import dev.moat.oscore.context.SecurityContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a client is.
 *
 * @param sockets where and how datagrams without security are sent
 * @param dtls changes the configuration for coaps
 * @param streams changes the configuration of connections
 * @param stacks makes the stack of each transport
 * @param credentials for the schemes with security
 * @param security protects the requests that name no context of their own
 * @param resolutionTimeout after which a name is given up
 */
record ClientSettings(
    UdpConfig sockets,
    UnaryOperator<DtlsConfig> dtls,
    UnaryOperator<StreamConfig> streams,
    Stacks stacks,
    Credentials credentials,
    Optional<SecurityContext> security,
    Duration resolutionTimeout) {
  /** Datagrams under DTLS leave from the address of those without; port 0 gives each its own. */
  DtlsConfig dtlsConfig() {
    return dtls.apply(DtlsConfig.at(sockets.bind(), credentials));
  }

  StreamConfig streamConfig() {
    StreamConfig plain =
        StreamConfig.defaults()
            .withTransport(sockets.transport())
            .withThreads(
                new StreamConfig.Threads(sockets.threads().name(), sockets.threads().daemon()));
    boolean forTls = CredentialsNeeded.ofClient(Scheme.COAPS_TCP, credentials).isEmpty();
    return streams.apply(forTls ? plain.withCredentials(credentials) : plain);
  }
}
