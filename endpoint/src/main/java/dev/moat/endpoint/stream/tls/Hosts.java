package dev.moat.endpoint.stream.tls;

import dev.moat.coap.service.ForeignText;
import dev.moat.endpoint.credentials.HandshakeFailure;
import io.netty.util.NetUtil;
import java.util.Optional;
import javax.net.ssl.SNIHostName;

/** Hosts as URIs write them. */
public final class Hosts {
  private Hosts() {}

  /**
   * The name by which a client asks for the server (RFC 6066, Section 3); empty for an address.
   *
   * @throws HandshakeFailure when it is neither an address nor a name
   */
  public static Optional<SNIHostName> serverName(String host) throws HandshakeFailure {
    if (isAddress(host)) {
      return Optional.empty();
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      return Optional.of(new SNIHostName(name));
    } catch (IllegalArgumentException malformed) {
      throw new HandshakeFailure(ForeignText.printable(host) + " is no host name");
    }
  }

  /** Host and port of a Host header, without a port that is {@code defaultPort}. */
  public static String authority(String host, int port, int defaultPort) {
    String bare = withoutBrackets(host);
    String shown = NetUtil.isValidIpV6Address(bare) ? "[" + bare + "]" : bare;
    return port == defaultPort ? shown : shown + ":" + port;
  }

  private static boolean isAddress(String host) {
    String bare = withoutBrackets(host);
    return NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare);
  }

  /** An IPv6 literal without the brackets of a URI; everything else as it is. */
  public static String withoutBrackets(String host) {
    boolean literal = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
    return literal ? host.substring(1, host.length() - 1) : host;
  }
}
