package dev.moat.cli.serve;

import org.jspecify.annotations.Nullable;

/**
 * What a server is to be.
 *
 * @param port UDP port, 0 to have one chosen
 * @param bind a name or an address to listen on; null for all addresses
 * @param resources what it offers
 * @param insecureNosecActuators true when the lock obeys unprotected requests
 */
record ServeSettings(
    int port, @Nullable String bind, Resources resources, boolean insecureNosecActuators) {
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
