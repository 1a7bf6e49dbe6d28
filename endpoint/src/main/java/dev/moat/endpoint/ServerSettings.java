package dev.moat.endpoint;

import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.dtls.DtlsConfig;
import dev.moat.endpoint.stream.StreamConfig;
import dev.moat.endpoint.udp.MulticastGroup;
import dev.moat.endpoint.udp.UdpConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a server listens with.
 *
 * @param listeners at least one
 * @param credentials for the schemes with security
 * @param udp for listeners for coap
 * @param dtls changes the configuration of listeners for coaps
 * @param streams changes the configuration of all others
 */
record ServerSettings(
    List<Listener> listeners,
    Credentials credentials,
    Udp udp,
    UnaryOperator<DtlsConfig> dtls,
    UnaryOperator<StreamConfig> streams) {

  UdpConfig udpConfig(InetSocketAddress bind, boolean first) {
    UdpConfig config = UdpConfig.at(bind).withLoops(udp.loops());
    return udp.sockets().apply(first ? config.withGroups(udp.groups()) : config);
  }

  DtlsConfig dtlsConfig(InetSocketAddress bind) {
    return dtls.apply(DtlsConfig.at(bind, credentials)).serverRole();
  }

  StreamConfig streamConfig() {
    StreamConfig plain = StreamConfig.defaults();
    boolean forTls = CredentialsNeeded.ofServer(Scheme.COAPS_TCP, credentials).isEmpty();
    return streams.apply(forTls ? plain.withCredentials(credentials) : plain);
  }

  /**
   * Datagrams without security.
   *
   * @param loops of each listener
   * @param groups that the first listener joins
   * @param sockets changes the configuration
   */
  record Udp(int loops, List<MulticastGroup> groups, UnaryOperator<UdpConfig> sockets) {}
}
