package dev.moat.cose.credential;

/** The types of credentials that EDHOC knows (RFC 9528, Section 3.5.2). */
public enum CredentialType {
  /** A CWT Claims Set: a raw public key with its subject, unsigned. */
  CCS,
  /** A CBOR Web Token, signed by its issuer (RFC 8392). */
  CWT,
  /** An X.509 certificate in DER (RFC 5280). */
  X509,
  /** A certificate in CBOR, which the application has parsed. */
  C509
}
