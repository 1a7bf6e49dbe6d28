package dev.moat.pki.maker;

import java.util.List;

/**
 * What a certificate says for DTLS and TLS.
 *
 * @param role which side may show it
 * @param hosts names and addresses of the server (RFC 5280, Section 4.2.1.6); empty for others
 */
public record TlsProfile(Role role, List<String> hosts) {
  /** Who shows a certificate (RFC 5280, Section 4.2.1.12). */
  public enum Role {
    /** Nobody by itself: it vouches for others. */
    AUTHORITY,
    /** Servers. */
    SERVER,
    /** Clients. */
    CLIENT
  }

  /** Keeps a copy. */
  public TlsProfile {
    hosts = List.copyOf(hosts);
  }

  /** That of an authority. */
  public static TlsProfile authority() {
    return new TlsProfile(Role.AUTHORITY, List.of());
  }

  /** That of a server with these names and addresses. */
  public static TlsProfile server(List<String> hosts) {
    return new TlsProfile(Role.SERVER, hosts);
  }

  /** That of a client. */
  public static TlsProfile client() {
    return new TlsProfile(Role.CLIENT, List.of());
  }
}
