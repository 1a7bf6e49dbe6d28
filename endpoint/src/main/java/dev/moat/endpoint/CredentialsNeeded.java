package dev.moat.endpoint;

import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.credentials.Credentials;
import dev.moat.endpoint.stream.tls.TlsContexts;
import java.util.Optional;

/**
 * Says before any handshake what is missing for it. A secured scheme without it is not served at
 * all, and never by a scheme without security.
 */
final class CredentialsNeeded {
  private CredentialsNeeded() {}

  /** What a client lacks to know a server of {@code scheme} by, as a sentence. */
  static Optional<String> ofClient(Scheme scheme, Credentials held) {
    return switch (scheme) {
      case COAP, COAP_TCP, COAP_WS -> Optional.empty();
      case COAPS -> dtlsClient(held);
      case COAPS_TCP, COAPS_WS -> of(scheme, TlsContexts.clientLacks(Optional.of(held)));
    };
  }

  /** What a server lacks to show that it is the server of {@code scheme}, as a sentence. */
  static Optional<String> ofServer(Scheme scheme, Credentials held) {
    return switch (scheme) {
      case COAP, COAP_TCP, COAP_WS -> Optional.empty();
      case COAPS -> dtlsServer(held);
      case COAPS_TCP, COAPS_WS -> of(scheme, TlsContexts.serverLacks(Optional.of(held)));
    };
  }

  private static Optional<String> dtlsClient(Credentials held) {
    boolean known =
        held.preSharedKey().isPresent()
            || !held.trustAnchors().isEmpty()
            || !held.trustedRawKeys().isEmpty();
    return known
        ? Optional.empty()
        : Optional.of(
            "coaps needs a pre-shared key, a trust anchor or the server's raw public key in the"
                + " credentials, to know the server by");
  }

  private static Optional<String> dtlsServer(Credentials held) {
    boolean shows =
        !held.acceptedKeys().isEmpty()
            || held.certificate().isPresent()
            || held.rawKey().isPresent();
    return shows
        ? Optional.empty()
        : Optional.of(
            "coaps needs pre-shared keys to accept, a certificate or a raw public key with its key"
                + " in the credentials");
  }

  private static Optional<String> of(Scheme scheme, Optional<String> lacks) {
    return lacks.map(sentence -> scheme + " is not possible: " + sentence);
  }
}
