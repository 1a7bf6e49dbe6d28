package dev.moat.cost.capture;

import dev.moat.bytes.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * One end of a conversation.
 *
 * @param address 4 octets of IPv4, or 16 of IPv6
 * @param port of UDP or TCP
 */
public record Endpoint(Bytes address, int port) implements Comparable<Endpoint> {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException when the address has neither 4 nor 16 octets, or the port is
   *     no 16-bit value
   */
  public Endpoint {
    if (address.length() != 4 && address.length() != 16) {
      throw new IllegalArgumentException("an address has 4 or 16 octets, not " + address.length());
    }
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not a 16-bit value");
    }
  }

  @Override
  public int compareTo(Endpoint other) {
    int byAddress = address.compareTo(other.address);
    return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
  }

  /** As in a URI: {@code 127.0.0.1:5683}, {@code [::1]:5683} with IPv6 uncompressed. */
  @Override
  public String toString() {
    try {
      String host = InetAddress.getByAddress(address.toArray()).getHostAddress();
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the constructor checked the length", e);
    }
  }
}
