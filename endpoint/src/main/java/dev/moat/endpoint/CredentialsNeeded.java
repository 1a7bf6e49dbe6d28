package dev.moat.endpoint;

import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.credentials.Credentials;
import java.util.Optional;

/**
 * Says before any handshake what is missing for it. A secured scheme without it is not served at
 * all, and never by a scheme without security.
 */
final class CredentialsNeeded {
  private CredentialsNeeded() {}

  /** What a client lacks to know a server of {@code scheme} by, as a sentence. */
  static Optional<String> ofClient(Scheme scheme, Credentials held) {
    if (!scheme.isSecured() || !held.trustAnchors().isEmpty()) {
      return Optional.empty();
    }
    if (scheme != Scheme.COAPS) {
      return Optional.of(
          scheme + " needs a trust anchor in the credentials, to know the server by");
    }
    boolean known = held.preSharedKey().isPresent() || !held.trustedRawKeys().isEmpty();
    return known
        ? Optional.empty()
        : Optional.of(
            scheme
                + " needs a pre-shared key, a trust anchor or the server's raw public key in the"
                + " credentials, to know the server by");
  }

  /** What a server lacks to show that it is the server of {@code scheme}, as a sentence. */
  static Optional<String> ofServer(Scheme scheme, Credentials held) {
    if (!scheme.isSecured() || held.certificate().isPresent()) {
      return Optional.empty();
    }
    if (scheme != Scheme.COAPS) {
      return Optional.of(scheme + " needs a certificate with its key in the credentials");
    }
    boolean shows = !held.acceptedKeys().isEmpty() || held.rawKey().isPresent();
    return shows
        ? Optional.empty()
        : Optional.of(
            scheme
                + " needs pre-shared keys to accept, a certificate or a raw public key with its key"
                + " in the credentials");
  }
}
