package dev.moat.endpoint.stream;

import dev.moat.endpoint.stream.tls.TlsTerms;
import java.time.Duration;
import java.util.List;

/**
 * What TLS may negotiate. The version is 1.3 and nothing else (RFC 8446); never any 0-RTT data,
 * because who recorded it can play it again (RFC 8446, Section 8), and a replayed request unlocks a
 * door twice.
 *
 * @param cipherSuites the suites by their RFC 8446 names, the preferred first
 * @param alpn what is asked of the other end's ALPN
 * @param sessionLifetime how long a session may be resumed by a ticket
 */
public record Tls(List<String> cipherSuites, Alpn alpn, Duration sessionLifetime) {
  private static final int MAX_LIFETIME_DAYS = 7;

  /** Copies the list and checks the lifetime (RFC 8446, Section 4.6.1: seven days at most). */
  public Tls {
    cipherSuites = List.copyOf(cipherSuites);
    if (cipherSuites.isEmpty()) {
      throw new IllegalArgumentException("no cipher suite");
    }
    if (sessionLifetime.toSeconds() < 1 || sessionLifetime.toDays() > MAX_LIFETIME_DAYS) {
      throw new IllegalArgumentException("sessionLifetime must be 1 s to 7 days");
    }
  }

  /** AES-GCM with 128 and 256 bits, ChaCha20-Poly1305; ALPN as RFC 8323 says; one hour. */
  public static Tls defaults() {
    return new Tls(
        List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"),
        Alpn.BY_PORT,
        Duration.ofHours(1));
  }

  TlsTerms terms() {
    return new TlsTerms(cipherSuites, sessionLifetime);
  }

  /** This with other cipher suites. */
  public Tls withCipherSuites(List<String> names) {
    return new Tls(names, alpn, sessionLifetime);
  }

  /** This with another rule for ALPN. */
  public Tls withAlpn(Alpn rule) {
    return new Tls(cipherSuites, rule, sessionLifetime);
  }

  /** This with another lifetime of sessions. */
  public Tls withSessionLifetime(Duration lifetime) {
    return new Tls(cipherSuites, alpn, lifetime);
  }

  /**
   * What happens on coaps+tcp when the other end leaves out ALPN (RFC 7301). One that negotiates
   * another protocol than {@code coap} is always refused.
   */
  public enum Alpn {
    /**
     * As RFC 8323, Section 8.2: only on port 5684 may it be left out. Without ALPN, a server for
     * another protocol with the same certificate can be made to take CoAP for its own.
     */
    BY_PORT,
    /** It may be left out on every port, for peers that do not know ALPN. */
    OPTIONAL;

    private static final int COAPS_PORT = 5684;

    /** True when the server at {@code port} may not leave it out. */
    public boolean demandedAt(int port) {
      return this == BY_PORT && port != COAPS_PORT;
    }
  }
}
