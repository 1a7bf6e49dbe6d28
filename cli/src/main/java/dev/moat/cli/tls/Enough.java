package dev.moat.cli.tls;

import dev.moat.cli.console.Failure;
import dev.moat.coap.uri.CoapUri;
import dev.moat.coap.uri.Scheme;
import dev.moat.endpoint.credentials.Credentials;

/** Whether a client could know the server of a secured URI by its credentials. */
final class Enough {
  private static final String MAKE = " 'moat keygen --help' says how to make them.";

  private Enough() {}

  /**
   * Checks it before anything is sent.
   *
   * @throws Failure when it could not
   */
  static void check(CoapUri next, Credentials credentials) {
    Scheme scheme = next.scheme();
    if (!scheme.isSecured() || !credentials.trustAnchors().isEmpty()) {
      return;
    }
    boolean known =
        credentials.preSharedKey().isPresent() || !credentials.trustedRawKeys().isEmpty();
    if (scheme == Scheme.COAPS && !known) {
      throw new Failure(
          "there are no credentials for " + scheme + "://" + next.host(),
          "Nothing was sent. Give a pre-shared key with -u and -k, the server's authority with -C,"
              + " its raw public key with --peer-key, or a file with --credentials."
              + MAKE);
    }
    if (scheme != Scheme.COAPS) {
      throw new Failure(
          known
              ? scheme
                  + ":// takes certificates only; pre-shared and raw public keys are for coaps://"
              : "there are no credentials for " + scheme + "://" + next.host(),
          "Nothing was sent. Give the server's authority with -C, and with -c one's own certificate"
              + " where the server wants one."
              + MAKE);
    }
  }
}
