package dev.moat.endpoint.dtls;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.PeerIdentity;
import dev.moat.endpoint.stack.DatagramProtocol;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what comes, and sends what it is told. */
final class RawProtocol implements DatagramProtocol {
  record Datagram(Peer peer, Bytes octets) {}

  final List<Peer> associated = new CopyOnWriteArrayList<>();
  final List<Peer> ended = new CopyOnWriteArrayList<>();
  final List<Datagram> received = new CopyOnWriteArrayList<>();
  final List<Datagram> failed = new CopyOnWriteArrayList<>();
  private final Queue<Datagram> outgoing = new ArrayDeque<>();
  private final boolean echo;

  /** {@code echo} to send back what comes. */
  RawProtocol(boolean echo) {
    this.echo = echo;
  }

  List<String> texts() {
    return received.stream().map(each -> each.octets().toUtf8()).toList();
  }

  /** On the loop only. */
  void send(Peer to, String text) {
    outgoing.add(new Datagram(to, Bytes.utf8(text)));
  }

  @Override
  public void onDatagram(Peer from, Bytes datagram, boolean multicast, long nowNanos) {
    received.add(new Datagram(from, datagram));
    if (echo) {
      outgoing.add(new Datagram(from, datagram));
    }
  }

  @Override
  public void onAssociated(Peer peer, PeerIdentity identity, long nowNanos) {
    associated.add(peer);
  }

  @Override
  public void onAssociationEnded(Peer peer, long nowNanos) {
    ended.add(peer);
  }

  @Override
  public void onSendFailed(Peer to, Bytes datagram, long nowNanos) {
    failed.add(new Datagram(to, datagram));
  }

  @Override
  public void onTimeout(long nowNanos) {}

  @Override
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void drainTo(Outgoing out) {
    for (Datagram next = outgoing.poll(); next != null; next = outgoing.poll()) {
      out.send(next.peer(), next.octets());
    }
  }

  @Override
  public void close(long nowNanos) {}
}
