package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.endpoint.stream.StreamConfig;
import dev.moat.endpoint.stream.StreamEndpoint;
import dev.moat.endpoint.stream.StreamKind;
import dev.moat.foe.field.Party;
import dev.moat.foe.field.Tap;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A field on real TCP sockets of the loopback interface, with TLS or without. The client connects
 * to Foe, and Foe to the server; what lies between is a {@link StreamRelay}, which delivers in
 * order or not at all.
 */
public final class StreamField extends RelayedField {
  private static final int ATTEMPTS = 200;

  private final StreamKind kind;
  private @Nullable StreamRelay relay;

  /**
   * An empty field, to be run by the calling thread.
   *
   * @param transport one of connections
   * @param events what the sockets have to say
   */
  public StreamField(Transport transport, EventSink events) {
    super(transport, events);
    this.kind =
        switch (transport) {
          case TCP -> StreamKind.TCP;
          case TLS -> StreamKind.TLS;
          case WSS -> StreamKind.WSS;
          default -> throw new IllegalArgumentException(transport + " has no connections");
        };
  }

  @Override
  public void open(Endpoints endpoints, Tap tap) {
    try {
      StreamEndpoint server = endpoint(endpoints.server(), true, new Party[1]);
      InetSocketAddress address = server.listen(kind, anyPort());
      StreamRelay opened =
          keep(StreamRelay.open(loop(), Cutter.of(transport()), address, tap::onDatagram));
      relay = opened;
      add(Step.Caller.CLIENT, caller(endpoints.client(), opened.address()));
      add(Step.Caller.OTHER, caller(endpoints.other(), address));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Caller caller(Party.Opening opening, InetSocketAddress server) {
    Party[] party = new Party[1];
    StreamEndpoint endpoint = endpoint(opening, false, party);
    return new Caller(endpoint.loop(), party[0], () -> endpoint.connect(kind, server, HOST));
  }

  private StreamEndpoint endpoint(Party.Opening opening, boolean server, Party[] opened) {
    StreamConfig config = StreamConfig.defaults();
    if (transport().isSecured()) {
      config = config.withCredentials(LabCredentials.of(transport(), server));
    }
    return keep(
        StreamEndpoint.start(
            config,
            gate -> {
              opened[0] = opening.open(gate);
              return opened[0].streams();
            },
            events()));
  }

  /** A connection that Foe stalls or has cut is as dead as TCP would find it after minutes. */
  @Override
  public void renew(Step.Caller who, Consumer<Boolean> ready) {
    if (who == Step.Caller.CLIENT && relay().abandonStalled()) {
      prepareAnew(who, ready, ATTEMPTS);
    } else {
      super.renew(who, ready);
    }
  }

  @Override
  public boolean isThroughFoe(Peer peer) {
    return relay().isBackPort(peer.port());
  }

  @Override
  public void deliver(Direction direction, Bytes unit) {
    relay().deliver(direction, unit);
  }

  @Override
  public void deliverAsVictim(Bytes unit) {
    throw new UnsupportedOperationException("a connection has one source address");
  }

  private StreamRelay relay() {
    StreamRelay opened = relay;
    if (opened == null) {
      throw new IllegalStateException("the field is not open");
    }
    return opened;
  }
}
