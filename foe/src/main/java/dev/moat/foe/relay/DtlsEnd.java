package dev.moat.foe.relay;

import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.dtls.DtlsConfig;
import dev.moat.endpoint.dtls.DtlsEndpoint;
import dev.moat.endpoint.stack.EndpointLoop;
import dev.moat.foe.field.Party;
import dev.moat.foe.path.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** An endpoint on DTLS. */
record DtlsEnd(DtlsEndpoint endpoint, Party party) implements DatagramEnd {
  private static final int WITHOUT = -1;

  static DtlsEnd open(Transport transport, Role role, Party.Opening opening, EventSink events) {
    Party[] opened = new Party[1];
    DtlsEndpoint endpoint =
        DtlsEndpoint.start(
            config(transport, role),
            gate -> {
              opened[0] = opening.open(gate);
              return opened[0].datagrams();
            },
            events);
    return new DtlsEnd(endpoint, opened[0]);
  }

  /** Only the server wants connection ids: a constrained client that moves is what they are for. */
  private static DtlsConfig config(Transport transport, Role role) {
    boolean withIds = transport == Transport.DTLS_X509_CID;
    DtlsConfig config =
        DtlsConfig.at(RelayedField.anyPort(), LabCredentials.of(transport, role == Role.SERVER));
    if (role == Role.SERVER) {
      return config
          .serverRole()
          .withConnectionIdOctets(withIds ? transport.connectionIdOctets() : WITHOUT);
    }
    return config.clientRole().withConnectionIdOctets(withIds ? 0 : WITHOUT);
  }

  @Override
  public InetSocketAddress address() {
    return endpoint.address();
  }

  @Override
  public EndpointLoop loop() {
    return endpoint.loop();
  }

  @Override
  public CompletableFuture<Peer> reach(InetSocketAddress server) {
    return endpoint.connect(server, RelayedField.HOST);
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
