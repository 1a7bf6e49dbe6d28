package dev.moat.cli.keys;

/** What keygen can make. */
enum CredentialKind {
  /** A raw public key in a CWT claims set. */
  CCS,
  /** An X.509 certificate. */
  X509,
  /** A certification authority for tests. */
  CA,
  /** A key that both sides share. */
  PSK
}
