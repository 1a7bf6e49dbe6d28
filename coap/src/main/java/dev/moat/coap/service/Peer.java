package dev.moat.coap.service;

import dev.moat.bytes.ByteReader;
import dev.moat.bytes.ByteWriter;
import dev.moat.bytes.Bytes;
import dev.moat.coap.uri.IpText;

/**
 * Whom a message came from or goes to: IP address, UDP port and security association.
 *
 * <p>IPv4 addresses are kept as IPv4-mapped IPv6 addresses (RFC 4291, Section 2.5.5.2). Tokens,
 * Message IDs, block assemblies and observations are kept per {@code Peer}, hence per association:
 * a new DTLS handshake makes a new one.
 *
 * @param high the first 64 bits of the IPv6 address, network order
 * @param low the last 64 bits
 * @param port UDP port, 0 to 65535
 * @param scopeId the interface of a link-local address, 0 when none
 * @param association 0 without security, else a number that the transport never gives twice
 */
public record Peer(long high, long low, int port, int scopeId, long association) {
  private static final long MAPPED = 0xffff_0000_0000L;

  /** Checks the port's range. */
  public Peer {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not a 16-bit value");
    }
  }

  /**
   * A peer without security at an address of 4 or 16 octets in network order.
   *
   * @throws IllegalArgumentException when the address has another length
   */
  public static Peer of(Bytes address, int port) {
    ByteReader reader = new ByteReader(address);
    return switch (address.length()) {
      case 4 -> new Peer(0, MAPPED | reader.uint(4), port, 0, 0);
      case 16 -> new Peer(reader.uint(8), reader.uint(8), port, 0, 0);
      default ->
          throw new IllegalArgumentException("an IP address of " + address.length() + " octets");
    };
  }

  /** The address: 4 octets when it is an IPv4-mapped one, else 16. */
  public Bytes address() {
    ByteWriter writer = new ByteWriter(16);
    if (isIpv4()) {
      return writer.uint(low, 4).toBytes();
    }
    return writer.uint(high, 8).uint(low, 8).toBytes();
  }

  /** True for an IPv4 address. */
  public boolean isIpv4() {
    return high == 0 && (low >>> 32) == 0xffff;
  }

  /** True for a multicast address of either family. */
  public boolean isMulticast() {
    return isIpv4() ? ((low >>> 28) & 0xf) == 0xe : high >>> 56 == 0xff;
  }

  /** Written out because tables ask it for every datagram, mostly of one and the same object. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Peer that
            && port == that.port
            && low == that.low
            && high == that.high
            && scopeId == that.scopeId
            && association == that.association);
  }

  @Override
  public int hashCode() {
    long mixed = (high * 31 + low) * 0x9E37_79B9_7F4A_7C15L + port * 0x1_0001L + association;
    return (int) (mixed ^ (mixed >>> 32));
  }

  /** The address and port, as in a URI authority (RFC 5952, Section 6). */
  @Override
  public String toString() {
    String text = IpText.format(address());
    return (isIpv4() ? text : "[" + text + "]") + ":" + port;
  }
}
