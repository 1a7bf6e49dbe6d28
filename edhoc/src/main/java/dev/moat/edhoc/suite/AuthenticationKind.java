package dev.moat.edhoc.suite;

/** How one side of a session authenticates (RFC 9528, Section 3.5.1). */
public enum AuthenticationKind {
  /** By a signature over a MAC. */
  SIGNATURE,
  /** By a MAC whose key needs the static Diffie-Hellman key. */
  STATIC_DH,
  /** By a key that both sides share (draft-ietf-lake-edhoc-psk). */
  PSK
}
