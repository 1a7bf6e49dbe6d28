package dev.moat.cli.keys;

import java.util.List;

/**
 * What a certificate says for DTLS and TLS.
 *
 * @param role which side may show it
 * @param hosts names and addresses of the server (RFC 5280, Section 4.2.1.6); empty for others
 */
record TlsProfile(Role role, List<String> hosts) {
  /** Who shows a certificate (RFC 5280, Section 4.2.1.12). */
  enum Role {
    /** Nobody by itself: it vouches for others. */
    AUTHORITY,
    /** Servers. */
    SERVER,
    /** Clients. */
    CLIENT
  }

  /** Keeps a copy. */
  TlsProfile {
    hosts = List.copyOf(hosts);
  }

  static TlsProfile authority() {
    return new TlsProfile(Role.AUTHORITY, List.of());
  }

  static TlsProfile server(List<String> hosts) {
    return new TlsProfile(Role.SERVER, hosts);
  }

  static TlsProfile client() {
    return new TlsProfile(Role.CLIENT, List.of());
  }
}
