package dev.moat.endpoint.udp;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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
    Peer peer = toPeer(address);
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
    InetSocketAddress address = toAddress(peer);
    peers[slot] = peer;
    addresses[slot] = address;
    return address;
  }

  static Peer toPeer(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    Peer peer = Peer.of(Bytes.owned(host.getAddress()), address.getPort());
    if (host instanceof Inet6Address ipv6 && ipv6.getScopeId() != 0 && ipv6.isLinkLocalAddress()) {
      return new Peer(peer.high(), peer.low(), peer.port(), ipv6.getScopeId(), 0);
    }
    return peer;
  }

  static InetSocketAddress toAddress(Peer peer) {
    byte[] octets = peer.address().toArray();
    try {
      InetAddress host =
          peer.isIpv4()
              ? InetAddress.getByAddress(octets)
              : Inet6Address.getByAddress(null, octets, peer.scopeId());
      return new InetSocketAddress(host, peer.port());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private int slotOf(Peer peer) {
    int hash = peer.hashCode();
    return (hash ^ hash >>> 16) & mask;
  }
}
