package dev.moat.endpoint;

import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.udp.SocketAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a server listens, and for what.
 *
 * @param scheme of the URIs that are served there
 * @param address of this host; with port 0 the system chooses one
 */
public record Listener(Scheme scheme, InetSocketAddress address) {
  private static final String ANY_PORT = ":0";

  /** Checks that the address is one. */
  public Listener {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("no address is known for " + address.getHostString());
    }
  }

  /**
   * The listener of a URI such as {@code coaps://[::]} or {@code coap+tcp://127.0.0.1:5683}.
   * Without a port it is the scheme's, with port 0 the system chooses. A name is looked up, which
   * may take seconds.
   *
   * @throws IllegalArgumentException when it is no CoAP URI, has a path or query, or its host has
   *     no address
   */
  public static Listener of(String uri) {
    boolean anyPort = uri.endsWith(ANY_PORT);
    CoapUri parsed =
        CoapUri.parse(anyPort ? uri.substring(0, uri.length() - ANY_PORT.length()) : uri);
    if (!parsed.path().isEmpty() || !parsed.query().isEmpty()) {
      throw new IllegalArgumentException(
          "a listener has no path and no query, its resources have: " + uri);
    }
    int port = anyPort ? 0 : parsed.port();
    return new Listener(parsed.scheme(), new InetSocketAddress(host(parsed), port));
  }

  private static InetAddress host(CoapUri uri) {
    try {
      return InetAddress.getByName(uri.host());
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("no address is known for " + uri.host(), unknown);
    }
  }

  /** The URI that leads here, save that nothing leads to the address of all interfaces. */
  @Override
  public String toString() {
    return scheme + "://" + SocketAddresses.toPeer(address);
  }
}
