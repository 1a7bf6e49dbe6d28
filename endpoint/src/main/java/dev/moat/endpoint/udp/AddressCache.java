package dev.moat.endpoint.udp;

import dev.moat.coap.service.Peer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Translates between socket addresses and {@link Peer}s, remembering the latest pair in each of a
 * fixed number of slots. Equal peers that follow each other are one object, which tables keyed by
 * peer keep alive once.
 *
 * <p>Owned by one event loop.
 */
final class AddressCache {
  private final @Nullable Peer[] peers;
  private final @Nullable InetSocketAddress[] addresses;
  private final int mask;

  /** {@code slots} must be a power of two. */
  AddressCache(int slots) {
    if (slots <= 0 || Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("slots must be a power of two: " + slots);
    }
    this.peers = new Peer[slots];
    this.addresses = new InetSocketAddress[slots];
    this.mask = slots - 1;
  }

  /** The peer without security at {@code address}. */
  Peer peerAt(InetSocketAddress address) {
    Peer peer = SocketAddresses.toPeer(address);
    int slot = slotOf(peer);
    Peer known = peers[slot];
    if (known != null && known.equals(peer)) {
      return known;
    }
    peers[slot] = peer;
    addresses[slot] = address;
    return peer;
  }

  /** Where to send what is meant for {@code peer}. */
  InetSocketAddress addressOf(Peer peer) {
    int slot = slotOf(peer);
    InetSocketAddress known = addresses[slot];
    if (known != null && peer.equals(peers[slot])) {
      return known;
    }
    InetSocketAddress address = SocketAddresses.toSocketAddress(peer);
    peers[slot] = peer;
    addresses[slot] = address;
    return address;
  }

  private int slotOf(Peer peer) {
    int hash = peer.hashCode();
    return (hash ^ hash >>> 16) & mask;
  }
}
