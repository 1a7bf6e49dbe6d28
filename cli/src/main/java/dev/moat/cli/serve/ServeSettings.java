package dev.moat.cli.serve;

import dev.moat.cli.tls.OpenedCredentials;
import dev.moat.endpoint.Listener;
import java.util.List;

/**
 * What a server is to be.
 *
 * @param listeners where it listens, at least at one place
 * @param credentials for DTLS and TLS
 * @param resources what it offers
 * @param insecureNosecActuators true when the lock obeys unprotected requests
 */
record ServeSettings(
    List<Listener> listeners,
    OpenedCredentials credentials,
    Resources resources,
    boolean insecureNosecActuators) {
  /** Keeps a copy. */
  ServeSettings {
    listeners = List.copyOf(listeners);
  }

  /** What a server can offer. */
  enum Resources {
    /** Something to read, observe, transfer and protect. */
    DEMONSTRATION("demonstration"),
    /** The resources of the ETSI CoAP plugtests. */
    PLUGTEST_COAP("plugtest resources"),
    /** The resources of the OSCORE interoperability tests. */
    PLUGTEST_OSCORE("OSCORE plugtest resources");

    private final String words;

    Resources(String words) {
      this.words = words;
    }

    /** For people. */
    String words() {
      return words;
    }
  }
}
