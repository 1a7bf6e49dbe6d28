package dev.moat.endpoint.stream.tls;

import java.time.Duration;
import java.util.List;

/**
 * What TLS may negotiate.
 *
 * @param cipherSuites by their RFC 8446 names, the preferred first
 * @param sessionLifetime how long a session may be resumed
 */
public record TlsTerms(List<String> cipherSuites, Duration sessionLifetime) {}
