package dev.moat.cli.keys;

/** What keygen can make. */
enum CredentialKind {
  /** A raw public key in a CWT claims set, for EDHOC. */
  CCS("ccs"),
  /** An X.509 certificate, for EDHOC. */
  X509("x509"),
  /** A certification authority for tests, for EDHOC. */
  CA("ca"),
  /** A key that both sides share, for EDHOC. */
  PSK("psk"),
  /** A certification authority for tests, and certificates of a server and a client. */
  TLS("tls"),
  /** A certificate of a server for DTLS and TLS. */
  TLS_SERVER("tls-server"),
  /** A certificate of a client for DTLS and TLS. */
  TLS_CLIENT("tls-client"),
  /** A key that both sides share, for DTLS. */
  DTLS_PSK("dtls-psk"),
  /** A raw public key for DTLS and TLS (RFC 7250). */
  RPK("rpk");

  private final String words;

  CredentialKind(String words) {
    this.words = words;
  }

  /** True for what EDHOC uses, which is written to credentials files for it. */
  boolean isForEdhoc() {
    return compareTo(PSK) <= 0;
  }

  /** True when a public part is written to a file of its own. */
  boolean hasPublicFile() {
    return this == CCS || this == X509 || this == CA || this == RPK;
  }

  /** True for certificates that an authority from a file may sign. */
  boolean isCertified() {
    return this == X509 || this == TLS_SERVER || this == TLS_CLIENT;
  }

  /** True for certificates that DTLS and TLS use. */
  boolean isTlsCertificate() {
    return this == TLS || this == TLS_SERVER || this == TLS_CLIENT;
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return words;
  }
}
