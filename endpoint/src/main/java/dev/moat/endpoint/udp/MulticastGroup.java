package dev.moat.endpoint.udp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;

/**
 * A group to listen to on one interface (RFC 7252, Section 8.1 and 12.8).
 *
 * @param address a multicast address
 * @param networkInterface where to join
 */
public record MulticastGroup(InetAddress address, NetworkInterface networkInterface) {
  private static final byte[] ALL_COAP_NODES_IPV4 = {(byte) 224, 0, 1, (byte) 187};

  /** Checks that the address is one of a group. */
  public MulticastGroup {
    if (!address.isMulticastAddress()) {
      throw new IllegalArgumentException(address.getHostAddress() + " is no multicast address");
    }
  }

  /**
   * "All CoAP Nodes": 224.0.1.187, ff02::fd and ff05::fd (RFC 7252, Section 12.8), joined on one
   * interface.
   */
  public static List<MulticastGroup> allCoapNodes(NetworkInterface networkInterface) {
    return List.of(
        new MulticastGroup(address(ALL_COAP_NODES_IPV4), networkInterface),
        new MulticastGroup(allCoapNodesIpv6(2), networkInterface),
        new MulticastGroup(allCoapNodesIpv6(5), networkInterface));
  }

  boolean isIpv4() {
    return address instanceof Inet4Address;
  }

  /** The address to bind to: on Linux a link-local group needs its interface. */
  InetAddress bindAddress() {
    if (isIpv4()) {
      return address;
    }
    try {
      return Inet6Address.getByAddress(null, address.getAddress(), networkInterface.getIndex());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static InetAddress allCoapNodesIpv6(int scope) {
    byte[] octets = new byte[16];
    octets[0] = (byte) 0xff;
    octets[1] = (byte) scope;
    octets[15] = (byte) 0xfd;
    return address(octets);
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
