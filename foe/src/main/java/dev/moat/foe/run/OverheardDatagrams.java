package dev.moat.foe.run;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.endpoint.stack.DatagramProtocol;
import java.util.function.BiConsumer;

/** A protocol that tells what it hands to its transport, for whoever judges. */
record OverheardDatagrams(DatagramProtocol inner, BiConsumer<Peer, Bytes> told)
    implements DatagramProtocol {
  @Override
  public void drainTo(Outgoing out) {
    inner.drainTo(
        (to, datagram) -> {
          told.accept(to, datagram);
          out.send(to, datagram);
        });
  }

  @Override
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
    inner.onDatagram(from, datagram, multicast, nowNanos);
  }

  @Override
  public void onAssociated(Peer peer, PeerIdentity identity, long nowNanos) {
    inner.onAssociated(peer, identity, nowNanos);
  }

  @Override
  public void onAssociationEnded(Peer peer, long nowNanos) {
    inner.onAssociationEnded(peer, nowNanos);
  }

  @Override
  public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {
    inner.onSendFailed(to, datagram, nowNanos);
  }

  @Override
  public void onTimeout(long nowNanos) {
    inner.onTimeout(nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return inner.nextTimeoutNanos();
  }

  @Override
  public void close(long nowNanos) {
    inner.close(nowNanos);
  }
}
