package dev.moat.endpoint.udp;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Peer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Translates between the JDK's socket addresses and peers without security. */
public final class SocketAddresses {
  private SocketAddresses() {}

  /**
   * The peer at {@code address}; a link-local address keeps its interface.
   *
   * @throws IllegalArgumentException when the host name is not resolved
   */
  public static Peer toPeer(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(address.getHostString() + " is not resolved");
    }
    InetAddress host = address.getAddress();
    Peer peer = Peer.of(Bytes.owned(host.getAddress()), address.getPort());
    if (host instanceof Inet6Address ipv6 && ipv6.getScopeId() != 0 && isLocal(ipv6)) {
      return new Peer(peer.high(), peer.low(), peer.port(), ipv6.getScopeId(), 0);
    }
    return peer;
  }

  /** Where datagrams for {@code peer} go. */
  public static InetSocketAddress toSocketAddress(Peer peer) {
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

  private static boolean isLocal(Inet6Address address) {
    return address.isLinkLocalAddress() || address.isMCLinkLocal();
  }
}
