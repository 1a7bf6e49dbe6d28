package dev.moat.cli.client;

import dev.moat.cli.console.Failure;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where datagrams go: the origin server, or the proxy.
 *
 * @param host a name or an IP address, without brackets
 * @param port UDP port
 */
record Destination(String host, int port) {
  /** Looks the host up; gives a URI of its first address, which stands for no option at all. */
  CoapUri resolve() {
    try {
      String address = InetAddress.getByName(host).getHostAddress();
      return new CoapUri(Scheme.COAP, address, port, List.of(), List.of());
    } catch (UnknownHostException e) {
      throw new Failure(
          "cannot find an address for '" + host + "'",
          "Check the name in the URI and the DNS, or write the address itself: coap://192.0.2.1/ or"
              + " coap://[2001:db8::1]/.",
          e);
    }
  }
}
