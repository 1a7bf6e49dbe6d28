package dev.moat.cose.key;

/** What a key authenticates with (RFC 9528, Section 3.2). */
public enum KeyUse {
  /** Signatures. */
  SIGNATURE,
  /** Static Diffie-Hellman. */
  AGREEMENT
}
