package dev.moat.cli.client;

import dev.moat.cli.console.Failure;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where messages go: the origin server, or the proxy.
 *
 * @param scheme what carries them
 * @param host a name or an IP address, without brackets
 * @param port UDP or TCP port
 */
record Destination(Scheme scheme, String host, int port) {
  /** The URI of the root there. */
  CoapUri uri() {
    return new CoapUri(scheme, host, port, List.of(), List.of());
  }

  /**
   * Looks the host up. Without security the URI of its first address is the result, which stands
   * for no option at all; else the name stays, because the server has to prove that it is its own.
   */
  CoapUri resolve() {
    try {
      String address = InetAddress.getByName(host).getHostAddress();
      boolean nameCounts = scheme.isSecured() || scheme == Scheme.COAP_WS;
      return nameCounts ? uri() : new CoapUri(scheme, address, port, List.of(), List.of());
    } catch (UnknownHostException e) {
      throw new Failure(
          "cannot find an address for '" + host + "'",
          "Check the name in the URI and the DNS, or write the address itself: "
              + scheme
              + "://192.0.2.1/ or "
              + scheme
              + "://[2001:db8::1]/.",
          e);
    }
  }
}
