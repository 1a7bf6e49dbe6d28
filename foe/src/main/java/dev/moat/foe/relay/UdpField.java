package dev.moat.foe.relay;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.coap.service.Peer;
import dev.moat.foe.field.Party;
import dev.moat.foe.field.Tap;
import dev.moat.foe.path.Transport;
import dev.moat.foe.scenario.Direction;
import dev.moat.foe.scenario.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A field on real UDP sockets of the loopback interface, with DTLS or without. The client sends to
 * Foe's front port, the server answers to Foe's back port; Foe learns the client's address from
 * what arrives. The victim is a socket of its own, where possible at an address of its own: what
 * Foe sends through it carries the victim's source address, as a spoofed datagram would.
 */
public final class UdpField extends RelayedField {
  private @Nullable Links links;
  private @Nullable SocketAddress clientAddress;

  /**
   * An empty field, to be run by the calling thread.
   *
   * @param transport one of datagrams
   * @param events what the sockets have to say
   */
  public UdpField(Transport transport, EventSink events) {
    super(transport, events);
  }

  @Override
  public void open(Endpoints endpoints, Tap tap) {
    try {
      DatagramEnd server = end(DatagramEnd.Role.SERVER, "server", endpoints.server());
      Port front = keep(Port.open(loop(), (from, datagram) -> fromClient(tap, from, datagram)));
      Port back =
          keep(
              Port.open(loop(), (from, datagram) -> tap.onDatagram(Direction.TO_CLIENT, datagram)));
      Port victim =
          keep(Port.openApart(loop(), (from, datagram) -> tap.onVictimDatagram(datagram)));
      links = new Links(front, back, victim, server.address());
      add(Step.Caller.CLIENT, caller("client", endpoints.client(), front.address()));
      add(Step.Caller.OTHER, caller("other", endpoints.other(), server.address()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void fromClient(Tap tap, SocketAddress from, Bytes datagram) {
    clientAddress = from;
    tap.onDatagram(Direction.TO_SERVER, datagram);
  }

  private Caller caller(String name, Party.Opening opening, InetSocketAddress server) {
    DatagramEnd end = end(DatagramEnd.Role.CLIENT, name, opening);
    return new Caller(end.loop(), end.party(), () -> end.reach(server));
  }

  private DatagramEnd end(DatagramEnd.Role role, String name, Party.Opening opening) {
    return keep(
        transport().isSecured()
            ? DtlsEnd.open(transport(), role, opening, events())
            : UdpEnd.open("moat-lab-" + name, opening, events()));
  }

  @Override
  public boolean isThroughFoe(Peer peer) {
    return peer.port() == links().back.address().getPort();
  }

  @Override
  public void deliver(Direction direction, Bytes datagram) {
    SocketAddress client = clientAddress;
    if (direction == Direction.TO_SERVER) {
      links().back.send(links().server, datagram);
    } else if (client != null) {
      links().front.send(client, datagram);
    }
  }

  @Override
  public void deliverAsVictim(Bytes datagram) {
    links().victim.send(links().server, datagram);
  }

  private Links links() {
    Links opened = links;
    if (opened == null) {
      throw new IllegalStateException("the field is not open");
    }
    return opened;
  }

  private record Links(Port front, Port back, Port victim, InetSocketAddress server) {}
}
